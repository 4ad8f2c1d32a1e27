"""`python -m analysis` is the `selaras` command."""

from analysis.cli import main

main()
