// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/connect/connector_library.h"
#include "chrona/events/canonical_event.h"

#include <algorithm>
#include <string>

using namespace chrona;

/// Payloads of strangers, read by every connector as it is built: "CONNECTOR KIND\n" and the
/// payload. Whatever the bytes are, reading ends without an exception and gives the same drafts
/// twice, and what is an event can be judged by the engine of events.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const auto library = connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR);
    fuzz::mustHold(library.has_value() && (*library)->refusals().empty());
    const std::string_view text = fuzz::textOf(data, size);
    const std::size_t blank = text.find(' '), end = text.find('\n');
    if (end == std::string_view::npos || blank >= end)
        return -1;
    const auto *entry = (*library)->find(text.substr(0, blank));
    const std::string kind(text.substr(blank + 1, end - blank - 1));
    if (entry == nullptr ||
        !std::ranges::contains(entry->description.kinds, kind, &connect::Kind::id))
        return -1; // not worth keeping
    connect::RawItem item;
    item.kind = kind;
    item.sourceRef = "fuzz-DEXCHUS.txt";
    item.url = "https://example.org/fuzz?series_id=DEXCHUS";
    item.payload = text.substr(end + 1);
    item.fetchedAt = Instant(std::chrono::seconds(1'795'248'000));
    const auto drafts = entry->connector->normalize(item);
    const auto again = entry->connector->normalize(item);
    fuzz::mustHold(drafts.has_value() == again.has_value());
    if (!drafts)
        return 0;
    fuzz::mustHold(drafts->size() == again->size());
    for (std::size_t at = 0; at < drafts->size(); ++at) {
        fuzz::mustHold(connect::draftToJson((*drafts)[at]) == connect::draftToJson((*again)[at]));
        if (const auto *event = std::get_if<schema::Event>(&(*drafts)[at]))
            (void)events::canonicalEvent(
                *event, {schema::sourceIdFor("fuzz"), schema::IngestMode::Full, item.fetchedAt});
    }
    return 0;
}
