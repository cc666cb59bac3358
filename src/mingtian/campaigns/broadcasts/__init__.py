"""Turns a recording into what phones can play: probe, choose rungs, encode, measure, publish.

    probe     what the file is, or a refusal saying which part is wrong
    rungs     which qualities it deserves
    encode    the one ffmpeg command line
    prepare   runs it, checks and measures the result, publishes it in one step
    sample    a lecture of our own for the demonstration

Pure Python and ffmpeg: nothing here imports Django. Rows are changed by
``campaigns.actions.broadcasts``.
"""
