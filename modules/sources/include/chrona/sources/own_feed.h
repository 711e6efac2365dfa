// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/connect/connector_library.h"
#include "chrona/schema/source.h"
#include "chrona/storage/source_store.h"

#include <optional>
#include <string>

/// Sources that a person adds (docs/adr/0069-own-feeds.md).
namespace chrona::sources {

/// The connector that reads people's own feeds: it asks what the entry's `address` names.
inline constexpr const char *kOwnFeedConnector = "news";

/// A feed as a person names it, with the answers about its terms.
struct OwnFeed {
    std::string address;
    std::string name; ///< empty: the host
    std::string licence;
    std::string termsUrl;
    schema::Redistribution redistribution = schema::Redistribution::Forbidden;
    schema::RetentionClass retention = schema::RetentionClass::Days30;
    schema::IngestMode mode = schema::IngestMode::MetadataOnly;
    std::string attribution;       ///< empty: the name
    std::string publisherFamily;   ///< empty: the host
    std::optional<Duration> every; ///< 5 minutes to 7 days; nullopt: half an hour
};

/// Its complete registry entry. The key follows from the address, so the same feed is the same
/// source. Denied for an address of this machine or its network, or of an unusual port;
/// InvalidInput with every answer that is missing. Pure: names are judged again when they are
/// resolved.
[[nodiscard]] Result<schema::Source> ownFeedSource(const OwnFeed &feed, Date today);

/// A system of the person's own, as its address names it.
struct OwnInstallation {
    std::string address;           ///< "https://cms.example.org/items/posts"
    std::string name;              ///< empty: the host
    std::optional<Duration> every; ///< nullopt: as the connector's entry says
};

/// Its registry entry, after the one of the connector that reads such systems. Denied for what is
/// not https, because the person's key goes there, or is of this machine or its network;
/// InvalidInput for a connector to something else. Pure.
[[nodiscard]] Result<schema::Source>
ownInstallationSource(const OwnInstallation &installation,
                      const connect::ConnectorLibrary::Entry &connector, Date today);

[[nodiscard]] bool isOwn(const schema::Source &source);

/// Stores a person's source, switched on. InvalidInput with every fault of the entry, NotFound when
/// no connector of that name is loaded, Conflict when there is such a source already; one that was
/// taken out may come back.
[[nodiscard]] Status registerSource(storage::Connection &connection,
                                    const connect::ConnectorLibrary &library,
                                    const schema::Source &source);
/// Denied for a source that a connector brings.
[[nodiscard]] Result<storage::SourceRemoval> unregisterSource(storage::Connection &connection,
                                                              const schema::Source &source);

} // namespace chrona::sources
