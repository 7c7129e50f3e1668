#ifndef LIEN_CCRYPTO_SHIM_H
#define LIEN_CCRYPTO_SHIM_H
// SHA-256 for fingerprints, nothing else.
#include <openssl/evp.h>
#endif
