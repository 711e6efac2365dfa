// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "provider_alerts.h"

#include "chrona/ipc/messages_flare.h"
#include "chrona/storage/connection.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>

namespace chrona::service {

class Database;
class FlareDesk;
class OraclePipeline;
class Workers;

/// What is known of the provider in `status`, with what the database holds of it.
[[nodiscard]] Result<ProviderFacts> providerFacts(storage::Connection &connection,
                                                  const ipc::FlareStatusReply &status, Instant now);

/// Looks every half minute how the provider that is followed stands, and tells the oracle's alerts.
/// Main thread.
class ProviderWatch : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Database &database;
        Workers &workers;
        const FlareDesk &flare;
        OraclePipeline &oracle;
    };
    explicit ProviderWatch(Parts parts);

private:
    void look();

    Parts m_parts;
    QTimer m_timer;
    std::shared_ptr<std::atomic<bool>> m_isLooking = std::make_shared<std::atomic<bool>>(false);
};

} // namespace chrona::service
