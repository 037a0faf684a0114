/* TEST ONLY, never shipped: the one system class that Qt's window plugin asks Windows for and Wine 8 does not have.

   Qt 6.5 and later read the colours of the system from Windows.UI.ViewManagement.UISettings while they start, and end the
   program when there is no such class. Its C++/WinRT layer looks for classes that are not registered in a library named after
   their namespace; this is such a library. It answers black on white with a blue accent, and "not implemented" to everything else.
   packaging/windows/wine.py compiles it and puts it into system32 of the prefix that it makes. */
#include <windows.h>
#include <unknwn.h>

typedef struct { BYTE alpha, red, green, blue; } Colour;
typedef HRESULT(STDMETHODCALLTYPE *Method)();
typedef struct { const Method *methods; } Object;

/* Interface numbers. Source: windows.foundation.h, activation.h, windows.ui.viewmanagement.idl of the Windows SDK. */
static const GUID UNKNOWN = {0x00000000, 0x0000, 0x0000, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID INSPECTABLE = {0xAF86E2E0, 0xB12D, 0x4C6A, {0x9C, 0x5A, 0xD7, 0xAA, 0x65, 0x10, 0x1E, 0x90}};
static const GUID FACTORY = {0x00000035, 0x0000, 0x0000, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID AGILE = {0x94EA2B94, 0xE9CC, 0x49E0, {0xC0, 0xFF, 0xEE, 0x64, 0xCA, 0x8F, 0x5B, 0x90}};
static const GUID SETTINGS = {0x85361600, 0x1C63, 0x4627, {0xBC, 0xB1, 0x3A, 0x89, 0xE0, 0xBC, 0x9C, 0x55}};
static const GUID SETTINGS_3 = {0x03021BE4, 0x5254, 0x4781, {0x81, 0x94, 0x51, 0x68, 0xF7, 0xD0, 0x6D, 0x7B}};

static Object factory, settings, settings_3;

static BOOL same(const GUID *one, const GUID *other)
{
    const BYTE *left = (const BYTE *)one, *right = (const BYTE *)other;
    for (int at = 0; at < (int)sizeof(GUID); at++)
        if (left[at] != right[at])
            return FALSE;
    return TRUE;
}

/* -- what every object answers; they live as long as the library, so nobody counts ------------- */

static HRESULT STDMETHODCALLTYPE query(Object *self, const GUID *wanted, void **given)
{
    if (!given)
        return E_POINTER;
    *given = NULL;
    BOOL common = same(wanted, &UNKNOWN) || same(wanted, &INSPECTABLE) || same(wanted, &AGILE);
    if (self == &factory)
        *given = common || same(wanted, &FACTORY) ? &factory : NULL;
    else if (same(wanted, &SETTINGS_3))
        *given = &settings_3;
    else if (common || same(wanted, &SETTINGS))
        *given = &settings;
    return *given ? S_OK : E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE count(Object *self)
{
    (void)self;
    return 1;
}

static HRESULT STDMETHODCALLTYPE interfaces(Object *self, ULONG *number, GUID **listed)
{
    (void)self;
    if (number)
        *number = 0;
    if (listed)
        *listed = NULL;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE nothing(Object *self, void **given)
{
    (void)self;
    if (given)
        *given = NULL;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE missing(void) { return E_NOTIMPL; }

/* -- the class --------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE activate(Object *self, void **given)
{
    (void)self;
    if (!given)
        return E_POINTER;
    *given = &settings;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE colour(Object *self, int kind, Colour *given)
{
    static const Colour background = {255, 255, 255, 255}, foreground = {255, 0, 0, 0}, accent = {255, 0, 120, 215};
    (void)self;
    if (!given)
        return E_POINTER;
    *given = kind == 0 ? background : kind == 1 ? foreground : accent;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE subscribe(Object *self, void *listener, INT64 *number)
{
    (void)self, (void)listener;
    if (number)
        *number = 1;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE unsubscribe(Object *self, INT64 number)
{
    (void)self, (void)number;
    return S_OK;
}

#define COMMON (Method)query, (Method)count, (Method)count, (Method)interfaces, (Method)nothing, (Method)nothing
#define FOUR (Method)missing, (Method)missing, (Method)missing, (Method)missing
static const Method factory_methods[] = {COMMON, (Method)activate};
static const Method settings_methods[] = {COMMON, FOUR, FOUR, FOUR, (Method)missing};
static const Method settings_3_methods[] = {COMMON, (Method)colour, (Method)subscribe, (Method)unsubscribe};
static Object factory = {factory_methods}, settings = {settings_methods}, settings_3 = {settings_3_methods};

HRESULT WINAPI DllGetActivationFactory(void *name, void **given)
{
    (void)name;
    if (!given)
        return E_POINTER;
    *given = &factory;
    return S_OK;
}

HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; }

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, LPVOID reserved)
{
    (void)library, (void)reason, (void)reserved;
    return TRUE;
}
