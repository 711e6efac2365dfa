// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/keys/secret.h"

#include <QByteArray>

namespace chrona::keys {

/// Where all holders of a byte array see it. Not data(): that would make a copy, and leave the
/// others what is to go.
inline std::span<std::uint8_t> sharedBytes(const QByteArray &bytes)
{
    return {reinterpret_cast<std::uint8_t *>(const_cast<char *>(bytes.constData())),
            static_cast<std::size_t>(bytes.size())};
}

/// Into locked memory; whoever else holds the array, a library among them, holds zeros then.
inline Result<Secret> takeShared(const QByteArray &bytes)
{
    return Secret::take(sharedBytes(bytes));
}

} // namespace chrona::keys
