#ifndef LIEN_CEXPAT_SHIM_H
#define LIEN_CEXPAT_SHIM_H
#include <expat.h>
#endif
