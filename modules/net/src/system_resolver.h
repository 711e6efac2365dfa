// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/net/address.h"

#include <QObject>

namespace chrona::net {

/// The system's name service. Answers arrive on the context's thread, whose event loop must run.
class SystemResolver final : public Resolver {
public:
    explicit SystemResolver(QObject &context) : m_context(context) {}
    [[nodiscard]] Result<std::vector<std::string>> resolve(const std::string &host,
                                                           std::chrono::milliseconds timeout,
                                                           std::stop_token stop) override;

private:
    QObject &m_context;
};

} // namespace chrona::net
