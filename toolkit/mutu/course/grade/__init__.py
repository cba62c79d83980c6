"""Grading: an engine of its own on nbgrader's files and gradebook.

mend         whatever was handed in, put right
paper        a notebook of an assignment; `plan` and `names` say what its tests read
room         where a submission runs: candidate and examiner
rooms        rooms as seen from outside; `opening`, `processes`: how their processes come to be
taking       one notebook on its way through rooms
submission   one submission from its folder to its record
decide       points
assignment   notebooks and folders of an assignment; reads submissions and writes them down
housing      where they run, or why they cannot; `needs`, `loading`: what is loaded for them
floor        the rooms that are open at once
engine       all of an assignment
options      what is asked; `report`: what is answered
button       formgrader's button, which runs the engine

A loaded process imports `room`; so that it does not load the engine, nothing is imported here.
"""
