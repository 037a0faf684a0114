/* Says what the windows on the screen say: for the trial, which has to know more of a wizard's page than a picture tells.

   One line for every visible dialog (W title), and one for each visible control in it, outer before inner:
   C id class enabled focused default left top width height needed-width needed-height text
   separated by tabs, as UTF-8, ends of lines in a text as \n. Places are those of the screen. What is needed is measured
   with the font of NSIS's pages, whose size is the first argument, in pixels: Windows does not lend fonts to others. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdlib.h>
#include <stdio.h>
#include <wchar.h>

enum { ROOM = 8192, WAIT_MS = 2000 };

static HFONT font;
static HDC screen;
static HWND focused;
static UINT chosen;

static void say(const wchar_t *text) {
    static char bytes[3 * ROOM];
    int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    if (size > 0) fwrite(bytes, 1, (size_t)size - 1, stdout);
}

static void say_in_one_line(const wchar_t *text) {
    for (; *text; text++) {
        wchar_t sign[2] = {*text, 0};
        say(*text == L'\n' ? L"\\n" : *text == L'\r' ? L"" : *text == L'\t' ? L" " : sign);
    }
}

static SIZE needed(HWND control, const wchar_t *kind, const wchar_t *text, int width) {
    RECT room = {0, 0, width, 0};
    UINT how = DT_CALCRECT | DT_EXPANDTABS;
    DWORD style = (DWORD)GetWindowLongW(control, GWL_STYLE);
    if (!wcscmp(kind, L"Static")) {
        how |= (style & SS_TYPEMASK) == SS_LEFTNOWORDWRAP ? DT_SINGLELINE : DT_WORDBREAK;
        if (style & SS_NOPREFIX) how |= DT_NOPREFIX;
    } else {
        how |= style & BS_MULTILINE ? DT_WORDBREAK : DT_SINGLELINE;
    }
    SelectObject(screen, font);
    DrawTextW(screen, text, -1, &room, how);
    return (SIZE){room.right, room.bottom};
}

static BOOL CALLBACK control(HWND window, LPARAM unused) {
    static wchar_t text[ROOM], kind[64];
    RECT place;
    DWORD_PTR length;
    (void)unused;
    if (!IsWindowVisible(window)) return TRUE;
    text[0] = 0;
    SendMessageTimeoutW(window, WM_GETTEXT, ROOM, (LPARAM)text, SMTO_ABORTIFHUNG, WAIT_MS, &length);
    GetClassNameW(window, kind, 64);
    GetWindowRect(window, &place);
    int width = place.right - place.left, height = place.bottom - place.top, id = GetDlgCtrlID(window);
    SIZE size = needed(window, kind, text, width);
    printf("C\t%d\t", (short)id);
    say(kind);
    BOOL default_button = !wcscmp(kind, L"Button") && (GetWindowLongW(window, GWL_STYLE) & BS_TYPEMASK) == BS_DEFPUSHBUTTON;
    printf("\t%d\t%d\t%d\t%ld\t%ld\t%d\t%d\t%ld\t%ld\t", !!IsWindowEnabled(window), window == focused,
           (UINT)id == chosen || default_button, place.left, place.top, width, height, size.cx, size.cy);
    say_in_one_line(text);
    printf("\n");
    return TRUE;
}

static BOOL CALLBACK dialog(HWND window, LPARAM unused) {
    static wchar_t title[ROOM], kind[64];
    GUITHREADINFO at = {.cbSize = sizeof at};
    DWORD_PTR answer = 0;
    (void)unused;
    GetClassNameW(window, kind, 64);
    if (!IsWindowVisible(window) || wcscmp(kind, L"#32770")) return TRUE;
    GetWindowTextW(window, title, ROOM);
    focused = GetGUIThreadInfo(GetWindowThreadProcessId(window, NULL), &at) ? at.hwndFocus : NULL;
    SendMessageTimeoutW(window, DM_GETDEFID, 0, 0, SMTO_ABORTIFHUNG, WAIT_MS, &answer);
    chosen = HIWORD(answer) == DC_HASDEFID ? LOWORD(answer) : 0;
    printf("W\t");
    say_in_one_line(title);
    printf("\n");
    EnumChildWindows(window, control, 0);
    return TRUE;
}

int main(int count, char **words) {
    SetProcessDPIAware();
    screen = GetDC(NULL);
    font = CreateFontW(-(count > 1 ? atoi(words[1]) : 12), 0, 0, 0, FW_NORMAL, 0, 0, 0, DEFAULT_CHARSET, 0, 0, 0, 0,
                       L"Microsoft YaHei UI");
    EnumWindows(dialog, 0);
    return 0;
}
