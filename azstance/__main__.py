"""`python -m azstance` is the command `azstance`."""

from azstance.cli import main

main()
