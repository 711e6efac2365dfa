// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/formats/json_writer.h"
#include "chrona/ipc/messages.h"

#include <optional>
#include <string>
#include <string_view>

/// How the numbers of messages are written in a shell. Scripts depend on these words.
namespace chrona::cli {

[[nodiscard]] std::string_view wordFor(ipc::DatabaseState state);
[[nodiscard]] std::string_view wordFor(ipc::OracleState state);
[[nodiscard]] std::string_view wordFor(ipc::JobState state);
[[nodiscard]] std::optional<ipc::JobState> jobStateFrom(std::string_view word);
[[nodiscard]] std::string_view wordFor(schema::AvailabilityBasis basis);

/// ISO 8601, or "-" for none.
[[nodiscard]] std::string textOf(const std::optional<Instant> &instant);
/// A time, or null.
void writeInstant(formats::JsonWriter &json, std::string_view key,
                  const std::optional<Instant> &instant);
[[nodiscard]] std::int64_t secondsOf(Duration duration);
[[nodiscard]] Instant instantFrom(std::int64_t microsecondsSince1970);

} // namespace chrona::cli
