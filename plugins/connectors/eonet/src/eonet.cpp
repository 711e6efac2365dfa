// SPDX-License-Identifier: AGPL-3.0-or-later
#include "eonet.h"

#include "connector_metadata.h"
#include "natural_event.h"

#include "chrona/connect/payload.h"

#include <array>

namespace chrona::eonet {
namespace {

constexpr std::size_t kPayloadBytesMax = 32 << 20;

} // namespace

Result<connect::Description> Eonet::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> Eonet::fetch(const connect::FetchTask &task, connect::Fetcher &fetcher,
                                      std::stop_token stop) const
{
    // Entries come late and are closed later still, so the closed of two months are read again.
    const std::array<connect::PolledDocument, 2> documents{
        {{"https://eonet.gsfc.nasa.gov/api/v3/events?status=open&days=60", "json",
          "application/json", kPayloadBytesMax},
         {"https://eonet.gsfc.nasa.gov/api/v3/events?status=closed&days=60", "json",
          "application/json", kPayloadBytesMax}}};
    return connect::pollDocuments(task, fetcher, stop, documents, *this);
}

Result<std::vector<connect::Draft>> Eonet::normalize(const connect::RawItem &item) const
{
    const auto document =
        formats::JsonDocument::parse(item.payload, {.bytesMax = kPayloadBytesMax});
    if (!document)
        return std::unexpected(document.error());
    const formats::JsonValue events = document->root()["events"];
    if (events.kind() != formats::JsonValue::Kind::Array)
        return fail(ErrorCode::InvalidInput, "the payload has no list of events");
    std::vector<connect::Draft> drafts;
    for (const formats::JsonValue event : events.items())
        drafts.push_back(readNaturalEvent(event));
    return drafts;
}

} // namespace chrona::eonet
