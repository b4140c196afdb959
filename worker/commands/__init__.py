"""The commands, one module each. They parse, call and print; what they call does the work.

Heavy imports stand inside the functions: `worker --help` reads every module of this package.
"""
