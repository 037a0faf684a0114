/* Starts PilotDesk: loads runtime\python311.dll into this process and has it run the module `pilotdesk`.

   Built twice: as PilotDesk.exe (a window, no console) and, with CONSOLE defined, as pilotdesk-cli.exe. Python finds its
   modules through runtime\python311._pth alone, asks neither registry nor variables (-I), and writes nothing beside
   them (-B). Workers of the program are this file as well: what multiprocessing asks for is passed on like any argument.
   Exit code: that of the program; 2 when it cannot be started, which is said in a sentence. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

#include "words.h" /* written by launchers.py from words.py */

enum { ROOM = 32768, CANNOT_START = 2 };

int _dowildcard = 0; /* an argument with * or ? is a name, not a pattern */

static wchar_t root[ROOM];
static wchar_t path[ROOM];

/* Without one of these Python ends before it can say anything. */
static const wchar_t *const needed[] = {
    L"runtime\\python311.dll",
    L"runtime\\python311.zip",
    L"runtime\\python311._pth",
    L"app\\pilotdesk\\__main__.pyc",
};

static const wchar_t *const before[] = {L"-I", L"-B", L"-X", L"utf8", L"-m", L"pilotdesk"};

static int refuse(const wchar_t *sentence, const wchar_t *detail) {
    static wchar_t text[ROOM];
    _snwprintf(text, ROOM - 1, L"%ls%ls\n", sentence, detail);
#ifdef CONSOLE
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    DWORD written;
    if (!WriteConsoleW(out, text, (DWORD)wcslen(text), &written, NULL)) {
        static char bytes[4 * ROOM];
        int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
        if (size > 0) WriteFile(out, bytes, (DWORD)size - 1, &written, NULL);
    }
#else
    MessageBoxW(NULL, text, WORDS_TITLE, MB_OK | MB_ICONERROR | MB_SETFOREGROUND);
#endif
    return CANNOT_START;
}

static const wchar_t *below_root(const wchar_t *name) {
    _snwprintf(path, ROOM - 1, L"%ls\\%ls", root, name);
    return path;
}

/* GetVersionEx tells programs what they want to hear; this one does not. */
static int windows_is_too_old(void) {
    typedef LONG(WINAPI * get_version)(OSVERSIONINFOW *);
    OSVERSIONINFOW version = {.dwOSVersionInfoSize = sizeof version};
    get_version get = (get_version)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "RtlGetVersion");
    if (!get || get(&version) != 0) return 0;
    return version.dwMajorVersion < 10 || (version.dwMajorVersion == 10 && version.dwBuildNumber < WORDS_OLDEST_BUILD);
}

static const wchar_t *first_missing(void) {
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (GetFileAttributesW(below_root(needed[i])) == INVALID_FILE_ATTRIBUTES) return needed[i];
    return NULL;
}

/* Where python.exe would lie, libraries find vcruntime140_1.dll: Windows looks in the folder of the program, which here is
   another. By its address, because a Windows that is too old lacks it and is to be told so. Not inherited by other
   programs that are started, as SetDllDirectory would be. */
static void look_in_runtime(void) {
    typedef PVOID(WINAPI * add_directory)(PCWSTR);
    add_directory add = (add_directory)(void *)GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "AddDllDirectory");
    if (add) add(below_root(L"runtime"));
}

int wmain(int argc, wchar_t **argv) {
    typedef int (*run_python)(int, wchar_t **);
    if (windows_is_too_old()) return refuse(WORDS_TOO_OLD, L"");
    DWORD length = GetModuleFileNameW(NULL, root, ROOM);
    wchar_t *name = wcsrchr(root, L'\\');
    if (length == 0 || length >= ROOM || !name) return refuse(WORDS_INCOMPLETE, L"PilotDesk.exe");
    *name = 0;
    /* Windows puts the folders that it searches for libraries into one line, with semicolons between them. */
    if (wcschr(root, L';')) return refuse(WORDS_SEMICOLON, L"");
    const wchar_t *missing = first_missing();
    if (missing) return refuse(WORDS_INCOMPLETE, missing);

    SetDllDirectoryW(L""); /* no library from the folder that happens to be the current one */
    look_in_runtime();
    HMODULE python = LoadLibraryExW(below_root(needed[0]), NULL,
                                    LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    run_python run = python ? (run_python)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!run) return refuse(WORDS_INCOMPLETE, needed[0]);

    size_t own = sizeof before / sizeof *before;
    wchar_t **all = calloc(own + (size_t)argc + 1, sizeof *all);
    if (!all) return refuse(WORDS_INCOMPLETE, L"");
    all[0] = argv[0];
    for (size_t i = 0; i < own; i++) all[i + 1] = (wchar_t *)before[i];
    for (int i = 1; i < argc; i++) all[own + (size_t)i] = argv[i];
    return run((int)own + argc, all);
}
