// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/bytes.h"
#include "chrona/ethereum/uint256.h"

#include <variant>

namespace chrona::ethereum {

/// A byte string or a list of items.
struct RlpItem {
    std::variant<Bytes, std::vector<RlpItem>> value;

    RlpItem() = default;
    RlpItem(Bytes bytes) : value(std::move(bytes)) {}
    RlpItem(std::vector<RlpItem> items) : value(std::move(items)) {}
    explicit RlpItem(const Uint256 &number) : value(number.toMinimalBytes()) {}
    [[nodiscard]] bool isList() const { return value.index() == 1; }
    friend bool operator==(const RlpItem &, const RlpItem &) = default;
};

[[nodiscard]] Bytes encodeRlp(const RlpItem &item);

/// Strict: refuses short data, trailing data, lengths and single bytes that are not in their
/// shortest form, and nesting deeper than 64.
[[nodiscard]] Result<RlpItem> decodeRlp(ByteView data);

} // namespace chrona::ethereum
