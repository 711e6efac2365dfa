// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/connect/connector.h"
#include "chrona/formats/json.h"

#include <span>
#include <string>
#include <string_view>

namespace chrona::connect {

/// The payload as JSON. Refuses an empty one, markup (what proxies and maintenance pages answer)
/// and everything that formats::JsonDocument refuses; a byte order mark is passed over. The
/// document does not need the payload any more.
[[nodiscard]] Result<formats::JsonDocument> readJsonPayload(std::string_view payload);

/// What a JSON number or a text with a number says. Sources write either.
[[nodiscard]] Result<double> numberOf(formats::JsonValue value);
/// A text, or a number as its text; empty where there is none.
[[nodiscard]] std::string textOf(formats::JsonValue value);

/// The value of a query parameter of an address; empty where there is none.
[[nodiscard]] std::string queryValue(std::string_view url, std::string_view name);
/// How a payload names what it is about when neither it nor its address does: the last part of
/// sourceRef without folder, extension and the words before the last hyphen, in capitals:
/// "observations-dexchus.json" is DEXCHUS.
[[nodiscard]] std::string subjectOf(const RawItem &item);

struct Question {
    Request request;
    std::string_view kind;
    std::string sourceRef{}; ///< empty: the address
};

/// Asks, and keeps the answer among the fetched items. An answer that normalize() cannot read fails
/// and may be asked again, so that a maintenance page is never logged as data; 304 and 204 are
/// success without an item.
[[nodiscard]] Status fetchItem(const Connector &connector, Fetcher &fetcher, Question question,
                               Fetched &fetched);

/// Asks one after the other. What is not found is a warning, so that one symbol that is gone does
/// not keep the others away; any other failure ends the fetch, because a rate that is used up or a
/// server that is down would answer the rest the same. The cursor is the caller's to set.
[[nodiscard]] Result<Fetched> fetchEach(const Connector &connector, Fetcher &fetcher,
                                        std::vector<Question> questions, std::stop_token stop);

/// A document that a source serves under one address and makes anew in place.
struct PolledDocument {
    std::string url;
    std::string kind;
    std::string accept{};
    std::size_t bodyBytesMax = 16 << 20;
};

/// Asks for each document once, as fetchItem(). Documents that fail are warnings as long as another
/// was answered, so that one does not keep the others away; when none was, the first failure is the
/// result. The cursor is when all were asked last.
[[nodiscard]] Result<Fetched> pollDocuments(const FetchTask &task, Fetcher &fetcher,
                                            const std::stop_token &stop,
                                            std::span<const PolledDocument> documents,
                                            const Connector &reader);

} // namespace chrona::connect
