"""Where one submission is executed: an examiner, and a candidate in whom alone the trainee's code runs.

loaded      what both have in memory before they start: a shell as nbgrader's kernel has it
candidate   executes cells; in an examination answers calls, as plain data
examiner    executes the tests; knows the hidden ones, never runs a trainee's code
remote      what the examiner holds in place of the trainee's objects
plain       data that may cross, and how
wire        frames
outputs     what cells say, as a notebook keeps it
"""
