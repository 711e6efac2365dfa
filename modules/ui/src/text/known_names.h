// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/topic.h"

#include <QString>

#include <string>
#include <string_view>
#include <vector>

/// The user's words for what everybody knows by a key: countries and topics. For the screen alone:
/// the service, files and exports keep the names that came with the keys (docs/adr/0126). Looked up
/// for what is drawn, one by one; any thread.
namespace chrona::ui {

/// By ISO 3166-1's two letters, or by a code of ISO 3166-2 that begins with them. Empty for what is
/// no country's code.
[[nodiscard]] QString countryName(QStringView code);
/// "DE · Germany" of "DE", "US-TX · United States" of "US-TX": the code, and whose it is.
[[nodiscard]] QString regionName(const QString &code);
/// Of the sixteen that headlines are sorted by.
[[nodiscard]] QString topicName(schema::Topic topic);

/// An entity as it is shown: a country or topic in the user's language, anything else as it is
/// named.
[[nodiscard]] QString entityName(std::string_view key, std::string_view name);

/// Of a country whose name, or another name of its, this is in the user's language; empty: none.
/// Case does not matter.
[[nodiscard]] QString countryCalled(const QString &name);
/// Keys of the countries and topics with a word that begins as is typed, in the user's language;
/// those whose name begins with it first, at most `most`. Empty where the service's own names are
/// the user's: there it finds them itself.
[[nodiscard]] std::vector<std::string> keysCalled(const QString &typed, std::size_t most);

} // namespace chrona::ui
