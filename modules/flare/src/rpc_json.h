// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/chain_client.h"

#include <QJsonObject>
#include <QJsonValue>

namespace chrona::flare {

/// A quantity as JSON-RPC writes it: "0x0", "0x1a", at most 64 bits.
[[nodiscard]] Result<std::uint64_t> readQuantity(const QJsonValue &value);
[[nodiscard]] Result<Uint256> readNumber(const QJsonValue &value);
[[nodiscard]] Result<Bytes> readBytes(const QJsonValue &value, std::size_t bytesMax);
[[nodiscard]] Result<Bytes32> readHash(const QJsonValue &value);
[[nodiscard]] Result<Address> readAddress(const QJsonValue &value);

[[nodiscard]] Result<Block> readBlock(const QJsonValue &value, Bodies bodies);
[[nodiscard]] Result<Log> readLog(const QJsonValue &value);
[[nodiscard]] Result<std::optional<Receipt>> readReceipt(const QJsonValue &value,
                                                         const Bytes32 &hash);

[[nodiscard]] QString quantity(std::uint64_t value);
[[nodiscard]] QString hex(ByteView bytes);

} // namespace chrona::flare
