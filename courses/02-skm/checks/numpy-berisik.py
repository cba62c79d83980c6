# %% id="nrr"
import numpy as np


def nrr(jawaban):
    rata = np.nanmean(np.array(jawaban, dtype=float))
    return None if np.isnan(rata) else rata
