// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/connector.h"
#include "chrona/connect/publisher.h"

#include <QObject>

namespace chrona::directus {

/// Content items of a Directus installation of the user, and drafts that go there.
class Directus : public QObject, public connect::Connector, public connect::Publisher {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID CHRONA_CONNECTOR_IID FILE "directus.json")
    Q_INTERFACES(chrona::connect::Connector chrona::connect::Publisher)

public:
    [[nodiscard]] Result<connect::Description> describe() const override;
    [[nodiscard]] Result<connect::Fetched> fetch(const connect::FetchTask &task,
                                                 connect::Fetcher &fetcher,
                                                 std::stop_token stop) const override;
    [[nodiscard]] Result<std::vector<connect::Draft>>
    normalize(const connect::RawItem &item) const override;
    [[nodiscard]] Result<connect::Posting> draftOf(const schema::Source &source,
                                                   const connect::WrittenText &text) const override;
    [[nodiscard]] Result<std::string> idIn(std::string_view answer) const override;
};

} // namespace chrona::directus
