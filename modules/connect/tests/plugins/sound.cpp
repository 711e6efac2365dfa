// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_metadata.h"
#include "fixture_connector.h"

class Sound final : public chrona::fixture::FixtureConnector {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID CHRONA_CONNECTOR_IID FILE "sound.json")
    Q_INTERFACES(chrona::connect::Connector)

public:
    [[nodiscard]] chrona::Result<chrona::connect::Description> describe() const override
    {
        return chrona::connect::readDescription(kMetadata);
    }
};

#include "sound.moc"
