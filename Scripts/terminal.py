# SPDX-License-Identifier: Apache-2.0
"""Drives a program on a pseudo-terminal: terminal.py STEPS PROGRAM ARGUMENT...

STEPS is JSON: a list of [wait, send]. Each waits for a text among what the program has written since the step before,
then types another. All that was written goes to standard output; the exit code is the program's, or 99 where a text did
not come.
"""
import fcntl, json, os, pty, select, signal, struct, sys, termios, time

steps = json.loads(sys.argv[1])
child, terminal = pty.fork()
if child == 0:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    os.execv(sys.argv[2], sys.argv[2:])
columns = int(os.environ.get("COLUMNS_OF_TEST", "80"))
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
seen, fresh = b"", b""
deadline = time.monotonic() + 120


def more():
    """Reads what has come; False at the end."""
    global seen, fresh
    ready, _, _ = select.select([terminal], [], [], 0.5)
    if not ready:
        return True
    try:
        data = os.read(terminal, 65536)
    except OSError:
        data = b""
    seen += data
    fresh += data
    return data != b""


missing = None
for wait, send in steps:
    while wait.encode() not in fresh:
        if time.monotonic() > deadline or not more():
            missing = wait
            break
    if missing:
        break
    fresh = fresh.split(wait.encode(), 1)[1]
    os.write(terminal, send.encode())
if missing is None:
    while time.monotonic() < deadline and more():
        pass
if missing is not None or time.monotonic() > deadline:
    os.kill(child, signal.SIGKILL)
_, status = os.waitpid(child, 0)
sys.stdout.buffer.write(seen)
if missing is not None:
    sys.stdout.write(f"\n--- did not come: {missing!r}\n")
    sys.exit(99)
sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)
