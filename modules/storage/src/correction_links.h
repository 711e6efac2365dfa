// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/correction.h"
#include "chrona/storage/connection.h"

#include <string>

/// What one correction of a topic or an entity does to the links of its event. Steps of the
/// caller's transaction; the words of an event are put on in one order and taken off in the other.
namespace chrona::storage {

/// Keeps the links that the correction rules over as those to give back.
[[nodiscard]] Status rememberLinks(Connection &connection, const schema::Correction &correction);
/// The links are as the correction says: with its topic, the targets that this exposes.
[[nodiscard]] Status putLinks(Connection &connection, const schema::Correction &correction);
/// The links are those that were kept.
[[nodiscard]] Status restoreLinks(Connection &connection, const schema::Correction &correction);

/// A name for the rules by which a topic links targets; others where these change.
[[nodiscard]] std::string linkRules();

} // namespace chrona::storage
