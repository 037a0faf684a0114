/* TEST ONLY, never shipped: the one function of a system library that Windows has since version 7 and Wine 8 does not have.

   Whatever is written in Rust (cryptography, rtoml) asks it for random bytes, and cannot be loaded without it.
   packaging/windows/wine.py compiles it and puts it into system32 of the prefix that it makes. */
#include <windows.h>
#include <ntsecapi.h>

BOOL WINAPI ProcessPrng(PBYTE given, SIZE_T length) { return RtlGenRandom(given, (ULONG)length); }

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, LPVOID reserved)
{
    (void)library, (void)reason, (void)reserved;
    return TRUE;
}
