"""The arithmetic of measurement: public functions on any dataframe, results with their intervals."""
