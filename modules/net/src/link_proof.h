// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

/// What two ends of a link show each other to prove that they hold the same secret. Pure.
namespace chrona::net {

struct LinkNonces {
    std::string dialling, listening;    ///< kLinkNonceBytes each, drawn anew for each link
    std::string certificateDigest;      ///< of the TLS session's, so that nobody stands between
};
inline constexpr std::size_t kLinkNonceBytes = 32;

enum class LinkEnd : char { Dialling = 'D', Listening = 'L' };
[[nodiscard]] std::string linkProof(LinkEnd end, std::string_view secret, const LinkNonces &nonces);
/// In the same time, wherever they differ.
[[nodiscard]] bool isSameProof(std::string_view a, std::string_view b);
[[nodiscard]] std::string randomBytes(std::size_t count);

} // namespace chrona::net
