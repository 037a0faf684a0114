#!/bin/sh
# Starts PilotDesk with the Python beside it and nothing of the user's own: -I leaves out PYTHONPATH, PYTHONHOME and
# the user's packages, -B writes nothing here. What Qt finds in the environment is looked after in pilotdesk/surroundings.py.
unset LD_LIBRARY_PATH LD_PRELOAD
here=$(dirname "$(readlink -f "$0")")
exec "$here/runtime/bin/python3.11" -I -B -X utf8 -m pilotdesk "$@"
