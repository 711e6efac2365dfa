// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <string>
#include <string_view>

namespace chrona::net {

/// A key and a certificate that it signed itself, for two programs that know each other: the peer
/// is given the certificate beforehand and trusts no other. Any thread.
struct SelfSigned {
    std::string certificatePem, keyPem;
};
/// P-256, valid for twenty years from yesterday; `name` is its common and alternative name.
/// InvalidInput for a name that is no host name.
[[nodiscard]] Result<SelfSigned> makeSelfSigned(std::string_view name);

} // namespace chrona::net
