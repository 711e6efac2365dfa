// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft.h"
#include "chrona/connect/ports.h"
#include "chrona/schema/source.h"

#include <QtPlugin>

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::connect {

/// Raised by each change that a connector built before it could not follow.
inline constexpr int kApiVersion = 3;

/// A form of payload that a connector reads.
struct Kind {
    std::string id;    ///< "summary"
    std::string title; ///< "GeoJSON summary feed"
    friend bool operator==(const Kind &, const Kind &) = default;
};

/// What a connector is and which sources it reads. Every source is a complete registry entry: one
/// that schema::validate() finds a fault in keeps the connector from loading.
struct Description {
    std::string id; ///< unique, the plugin's name: "usgs-earthquakes"
    std::vector<Kind> kinds;
    std::vector<schema::Source> sources;
    friend bool operator==(const Description &, const Description &) = default;
};

/// Reads a description from the JSON metadata of a plugin. That file is the one place where a
/// connector states its terms; describe() of a class made with chrona_add_connector() returns it.
/// Fails with every fault found: unknown enum words, missing fields, other API version.
[[nodiscard]] Result<Description> readDescription(std::string_view metadataJson);

/// What one fetch is asked to do.
struct FetchTask {
    const schema::Source &source;
    std::string_view cursor; ///< what the last successful fetch returned; empty the first time
    Instant now;
};

struct Fetched {
    std::vector<RawItem> items;
    std::string nextCursor;            ///< kept with the items in one transaction; at most 64 KiB
    std::vector<std::string> warnings; ///< what went wrong without keeping the rest away; logged
};

/// A connector turns one publisher's way of speaking into drafts.
///
/// Thread rule: all methods are const and may be called from several threads at once; state between
/// fetches lives in the cursor. Exceptions must not leave a method.
class Connector {
public:
    virtual ~Connector() = default;

    [[nodiscard]] virtual Result<Description> describe() const = 0;
    /// Asks the source for what is new. Nothing new is success without items. After a failure the
    /// cursor stays as it was and the same task is tried again later.
    [[nodiscard]] virtual Result<Fetched> fetch(const FetchTask &task, Fetcher &fetcher,
                                                std::stop_token stop) const = 0;
    /// Pure: the same item gives the same drafts. An error means that nothing in the payload can be
    /// read; a part that cannot be read is a Rejected draft among the others.
    [[nodiscard]] virtual Result<std::vector<Draft>> normalize(const RawItem &item) const = 0;
};

} // namespace chrona::connect

#define CHRONA_CONNECTOR_IID "org.chrona.Connector/2"
Q_DECLARE_INTERFACE(chrona::connect::Connector, CHRONA_CONNECTOR_IID)
