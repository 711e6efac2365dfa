// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/net/transport.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>
#include <QTimer>

#include <future>

class QNetworkAccessManager;

namespace chrona::net {

/// One request on its way, with a time limit for each phase. Lives on the network thread, ends by
/// itself and deletes itself when its answer is given.
class NetworkExchange : public QObject {
    Q_OBJECT

public:
    NetworkExchange(const Request &request, std::promise<Result<Exchange>> answer);

    void start(QNetworkAccessManager &manager, const QNetworkRequest &request);
    void cancel();

private:
    void enterPhase(const char *name, std::chrono::milliseconds timeMax);
    void readHeaders();
    void readBody();
    void finish();
    void give(Result<Exchange> result);
    [[nodiscard]] Status lengthIsRight() const;

    std::optional<std::string> m_body;
    Timeouts m_timeouts;
    SizeLimits m_sizes;
    std::promise<Result<Exchange>> m_answer;
    QPointer<QNetworkReply> m_reply;
    QTimer m_phaseTimer{this}; // children go along to the network thread
    QTimer m_totalTimer{this};
    const char *m_phase = "connecting";
    Exchange m_exchange;
    bool m_given = false;
};

} // namespace chrona::net
