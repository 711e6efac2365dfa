// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace chrona::assist {

/// Bytes that are not UTF-8 become the replacement character.
inline QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace chrona::assist
