/* Included before everything else when CPython and SQLite are compiled on glibc 2.31. These five functions got new
   versions in glibc 2.29 that differ only in errno; the ones before them are there on every glibc, also on 2.28. */
#ifndef __ASSEMBLER__
__asm__(".symver exp,exp@GLIBC_2.2.5");
__asm__(".symver exp2,exp2@GLIBC_2.2.5");
__asm__(".symver log,log@GLIBC_2.2.5");
__asm__(".symver log2,log2@GLIBC_2.2.5");
__asm__(".symver pow,pow@GLIBC_2.2.5");
#endif
