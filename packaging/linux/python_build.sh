#!/bin/sh
# Builds CPython with its own SQLite, inside the chroot and always in /build: the place gets into the files, and the
# same sources are to give the same bytes. /build holds python/ and sqlite/ (unpacked sources), glibc_2_28.h and
# lay_out_python.py; the result is /build/runtime. PREFIX: where it will be installed. SOURCE_DATE_EPOCH: for __DATE__.
set -eu
cd /build
jobs=$(nproc)
floor="-include /build/glibc_2_28.h"

# SQLite: its own, because the desktops' is too old (STRICT tables: 3.37; Debian 11 has 3.34). Only
# the options that the program or Python's module asks for.
(
    cd sqlite
    ./configure --disable-tcl --disable-readline >configure.log 2>&1
    make sqlite3.c >make.log 2>&1
    gcc -O2 -fPIC $floor -DNDEBUG -DSQLITE_THREADSAFE=1 -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_COLUMN_METADATA \
        -DSQLITE_OMIT_LOAD_EXTENSION -c sqlite3.c -o sqlite3.o
    ar rcsD libsqlite3.a sqlite3.o
) &
sqlite=$!

cd python
# Left out: what an offline program with Qt never imports, and what would tie it to libraries that desktops have in
# different versions (OpenSSL, readline, ncurses, gdbm, …). hashlib has its own code for every digest that is used.
cat >Modules/Setup.local <<'SETUP'
*disabled*
_ssl _hashlib _tkinter _dbm _gdbm _curses _curses_panel readline nis ossaudiodev spwd _crypt _uuid _bz2 _lzma audioop
xxlimited xxlimited_35 _xxtestfuzz _testbuffer _testcapi _testinternalcapi _testimportmultiple _testmultiphase
_ctypes_test _testclinic
SETUP
wait $sqlite
# sem_clockwait came with glibc 2.30. Semaphores are tried out by configure, which needs a /dev/shm; every desktop has one.
# -lm: SQLite's full-text search takes logarithms, which configure does not know.
ac_cv_func_sem_clockwait=no ac_cv_posix_semaphores_enabled=yes ac_cv_broken_sem_getvalue=no ./configure --prefix="$PREFIX" --without-ensurepip --disable-test-modules \
    --without-static-libpython --with-pkg-config=no OPT="-DNDEBUG -fwrapv -O3" CFLAGS="$floor" \
    LIBSQLITE3_CFLAGS="-I/build/sqlite" LIBSQLITE3_LIBS="-L/build/sqlite -lsqlite3 -lm -lpthread -ldl" LIBS=-lm \
    >configure.log 2>&1
make -j"$jobs" >make.log 2>&1
./python -E /build/lay_out_python.py /build/python /build/runtime "$PREFIX"
