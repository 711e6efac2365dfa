// SPDX-License-Identifier: AGPL-3.0-or-later
#include "link_proof.h"

#include "chrona/net/secure_link.h"

#include <QByteArray>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <openssl/crypto.h>

#include <charconv>
#include <format>

namespace chrona::net {
namespace {

constexpr std::string_view kPairingMark = "chrona-collector-1";

QByteArrayView viewOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

std::string asWord(std::string_view bytes)
{
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()))
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
        .toStdString();
}

std::optional<std::string> fromWord(std::string_view word)
{
    const auto bytes = QByteArray::fromBase64Encoding(
        QByteArray(word.data(), static_cast<qsizetype>(word.size())),
        QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    return bytes ? std::optional((*bytes).toStdString()) : std::nullopt;
}

} // namespace

std::string randomBytes(std::size_t count)
{
    std::string bytes(count, '\0');
    for (char &byte : bytes)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return bytes;
}

std::string linkProof(LinkEnd end, std::string_view secret, const LinkNonces &nonces)
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, viewOf(secret));
    code.addData(viewOf("chrona link 1"));
    const char which = static_cast<char>(end);
    code.addData(viewOf({&which, 1}));
    for (const std::string *part :
         {&nonces.dialling, &nonces.listening, &nonces.certificateDigest})
        code.addData(viewOf(*part));
    return code.result().toStdString();
}

bool isSameProof(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string makeLinkSecret()
{
    return randomBytes(kLinkSecretBytes);
}

std::string writePairing(const LinkPairing &pairing)
{
    return std::format("{}.{}.{}", kPairingMark, asWord(pairing.certificatePem),
                       asWord(pairing.secret));
}

Result<LinkPairing> readPairing(std::string_view text)
{
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ')
        text.remove_suffix(1);
    const std::size_t first = text.find('.');
    const std::size_t second = text.find('.', first == std::string_view::npos ? first : first + 1);
    if (second != std::string_view::npos && text.substr(0, first) == kPairingMark) {
        auto certificate = fromWord(text.substr(first + 1, second - first - 1));
        auto secret = fromWord(text.substr(second + 1));
        if (certificate && secret && secret->size() == kLinkSecretBytes &&
            certificate->starts_with("-----BEGIN CERTIFICATE-----"))
            return LinkPairing{std::move(*certificate), std::move(*secret)};
    }
    return fail(ErrorCode::InvalidInput, "that is no pairing of a collector",
                "take the whole line that `chronad --role collector --pairing` prints there");
}

Result<LinkAddress> readLinkAddress(std::string_view text)
{
    const auto refuse = [&] {
        return fail(ErrorCode::InvalidInput,
                    std::format("\"{}\" is no address", text.substr(0, 80)),
                    "write HOST:PORT");
    };
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || text.size() > 260)
        return refuse();
    LinkAddress address;
    std::string_view host = text.substr(0, colon);
    if (host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    else if (host.find(':') != std::string_view::npos)
        return refuse();
    const std::string_view digits = text.substr(colon + 1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
    const bool isHost = !host.empty() && host.find_first_of(" \t/@[]") == std::string_view::npos;
    if (error != std::errc{} || end != digits.data() + digits.size() || address.port == 0 ||
        !isHost)
        return refuse();
    address.host = host;
    return address;
}

} // namespace chrona::net
