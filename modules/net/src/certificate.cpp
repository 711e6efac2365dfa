// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/certificate.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

namespace chrona::net {
namespace {

constexpr long kDaySeconds = 86'400;
constexpr long kValidSeconds = 20 * 365 * kDaySeconds;
constexpr int kSerialBytes = 16;

template <class T, void (*End)(T *)> struct EndWith {
    void operator()(T *thing) const { End(thing); }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, EndWith<EVP_PKEY, EVP_PKEY_free>>;
using CertificatePointer = std::unique_ptr<X509, EndWith<X509, X509_free>>;
using BioPointer = std::unique_ptr<BIO, EndWith<BIO, BIO_free_all>>;
using ExtensionPointer =
    std::unique_ptr<X509_EXTENSION, EndWith<X509_EXTENSION, X509_EXTENSION_free>>;

bool isHostName(std::string_view name)
{
    return !name.empty() && name.size() <= 63 && std::ranges::all_of(name, [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
}

bool addExtension(X509 *certificate, int kind, const std::string &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const ExtensionPointer extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool nameIt(X509 *certificate, const std::string &name)
{
    unsigned char serial[kSerialBytes];
    if (RAND_bytes(serial, kSerialBytes) != 1)
        return false;
    serial[0] &= 0x7F; // a positive number
    serial[0] |= 0x40;
    const std::unique_ptr<BIGNUM, EndWith<BIGNUM, BN_free>> number(
        BN_bin2bn(serial, kSerialBytes, nullptr));
    X509_NAME *subject = X509_get_subject_name(certificate);
    return number &&
           BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr &&
           X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                      reinterpret_cast<const unsigned char *>(name.c_str()), -1, -1,
                                      0) == 1 &&
           X509_set_issuer_name(certificate, subject) == 1 &&
           addExtension(certificate, NID_basic_constraints, "critical,CA:TRUE") &&
           addExtension(certificate, NID_subject_alt_name, "DNS:" + name);
}

template <class Write> std::string pemOf(Write write)
{
    const BioPointer memory(BIO_new(BIO_s_mem()));
    if (!memory || write(memory.get()) != 1)
        return {};
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &bytes);
    return {bytes, static_cast<std::size_t>(std::max(size, 0L))};
}

} // namespace

Result<SelfSigned> makeSelfSigned(std::string_view name)
{
    if (!isHostName(name))
        return fail(ErrorCode::InvalidInput, "a certificate's name is like a host's",
                    "use small letters, digits, dots and dashes");
    const KeyPointer key(EVP_EC_gen("P-256"));
    const CertificatePointer certificate(X509_new());
    const bool isMade =
        key && certificate && X509_set_version(certificate.get(), 2) == 1 &&
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kDaySeconds) != nullptr &&
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kValidSeconds) != nullptr &&
        X509_set_pubkey(certificate.get(), key.get()) == 1 &&
        nameIt(certificate.get(), std::string(name)) &&
        X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0;
    SelfSigned made;
    if (isMade) {
        made.certificatePem =
            pemOf([&](BIO *out) { return PEM_write_bio_X509(out, certificate.get()); });
        made.keyPem = pemOf([&](BIO *out) {
            return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        });
    }
    if (made.certificatePem.empty() || made.keyPem.empty())
        return fail(ErrorCode::Unavailable, "no certificate could be made");
    return made;
}

} // namespace chrona::net
