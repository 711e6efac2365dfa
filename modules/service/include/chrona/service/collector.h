// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/service/service.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <string>

namespace chrona::service {

struct CollectorOptions {
    std::filesystem::path dataFolder;
    std::filesystem::path pluginsFolder; ///< venues are beside it
    std::string version;
    std::uint16_t port = 7444; ///< that the service dials; 0: any that is free
    bool onlyThisMachine = false;
    log::Level logLevel = log::Level::Info;
    bool logToStderr = false;
};

/// chronad --role collector: listens to trading venues for a service on another host that it was
/// paired with, and keeps nothing. Its key, certificate and secret are made at the first start and
/// stay in its data folder.
class Collector : public QObject {
    Q_OBJECT

public:
    /// The line that pairs a service with this collector; makes it where there is none yet.
    [[nodiscard]] static Result<std::string> pairing(const CollectorOptions &options);
    /// Conflict when another process holds the data folder.
    [[nodiscard]] static Result<std::unique_ptr<Collector>> open(const CollectorOptions &options);
    ~Collector() override;

    [[nodiscard]] std::uint16_t port() const;
    /// stopped() follows; calling it again does nothing.
    void stop();

Q_SIGNALS:
    void stopped();

private:
    struct Parts;
    explicit Collector(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace chrona::service
