// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_metadata.h"
#include "fixture_connector.h"

class TwoFaced final : public chrona::fixture::FixtureConnector {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID CHRONA_CONNECTOR_IID FILE "two-faced.json")
    Q_INTERFACES(chrona::connect::Connector)

public:
    [[nodiscard]] chrona::Result<chrona::connect::Description> describe() const override
    {
        auto description = chrona::connect::readDescription(kMetadata);
        if (description)
            description->sources.front().hosts.emplace_back("tracker.example.org");
        return description;
    }
};

#include "two_faced.moc"
