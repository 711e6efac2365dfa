// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/net/certificate.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

/// Connections between two programs that were paired by a person: TLS 1.3 with the one certificate
/// that the pairing names, then a proof of the shared secret in both directions, bound to that
/// certificate. Nothing else is believed, and nobody else is answered (ADR 0081).
namespace chrona::net {

/// What the dialling program was given of the listening one.
struct LinkPairing {
    std::string certificatePem;
    std::string secret; ///< kLinkSecretBytes of them
    friend bool operator==(const LinkPairing &, const LinkPairing &) = default;
};
inline constexpr std::size_t kLinkSecretBytes = 32;
/// The name that every listening program's certificate has.
inline constexpr std::string_view kLinkName = "collector.chrona";

[[nodiscard]] std::string makeLinkSecret();
/// One line without blanks, to be handed from one person's terminal to another.
[[nodiscard]] std::string writePairing(const LinkPairing &pairing);
/// InvalidInput for a text that is no pairing, or was cut off.
[[nodiscard]] Result<LinkPairing> readPairing(std::string_view text);

struct LinkAddress {
    std::string host;
    std::uint16_t port = 0;
};
/// "HOST:PORT", "[::1]:PORT".
[[nodiscard]] Result<LinkAddress> readLinkAddress(std::string_view text);

/// Whole messages in their order. Belongs to the thread that opened or accepted it.
class SecureLink {
public:
    static constexpr std::size_t kMessageBytesMax = 8 << 20;
    virtual ~SecureLink() = default;
    /// The next message; nullopt when none came in time. Unavailable when the link broke, Corrupt
    /// for what is no message, Cancelled on a stop.
    [[nodiscard]] virtual Result<std::optional<std::string>> next(std::chrono::milliseconds waitMax,
                                                                  const std::stop_token &stop) = 0;
    /// Waits while the peer takes nothing in; Exhausted when that lasts.
    [[nodiscard]] virtual Status send(std::string_view message) = 0;
};

/// Dials an address that a person gave: any network is allowed, for the peer must prove itself.
/// Denied when it is not the one that was paired, Unavailable and Timeout when it is not there.
[[nodiscard]] Result<std::unique_ptr<SecureLink>>
openLink(const LinkAddress &address, const LinkPairing &pairing, const std::stop_token &stop);

/// Waits for paired programs. Belongs to the thread that made it.
class LinkListener {
public:
    struct Options {
        std::uint16_t port = 0; ///< 0: any that is free
        SelfSigned identity;
        std::string secret;
        bool onlyThisMachine = false;
    };
    [[nodiscard]] static Result<std::unique_ptr<LinkListener>> listen(Options options);
    virtual ~LinkListener() = default;
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    /// Who has proved itself; nullptr when nobody came in time. Who cannot is sent away, told of in
    /// the log, and is no failure.
    [[nodiscard]] virtual Result<std::unique_ptr<SecureLink>>
    accept(std::chrono::milliseconds waitMax, const std::stop_token &stop) = 0;
};

} // namespace chrona::net
