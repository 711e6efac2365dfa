// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/client.h"
#include "chrona/workspace/event_selector.h"
#include "chrona/workspace/event_store.h"
#include "chrona/workspace/event_texts.h"
#include "chrona/workspace/event_titles.h"
#include "chrona/workspace/focus.h"
#include "chrona/workspace/request_handle.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QUndoStack>

#include <filesystem>
#include <functional>
#include <memory>

namespace chrona::workspace {

struct SessionOptions {
    std::filesystem::path dataFolder; ///< ipc::defaultDataFolder() where nobody says otherwise
    QString servicePath;              ///< chronad; empty: never start it, only wait for it
    QStringList serviceArguments;     ///< before --data-dir FOLDER, which is always given
    QString clientName = QStringLiteral("chrona");
    QString version;
    std::chrono::milliseconds restartFirst{
        100}; ///< wait before a service that fell is started again;
    std::chrono::milliseconds restartLast{5000}; ///< doubles while it keeps falling
};

/// The workstation's link to the service: starts it when it is not running and again when it fell,
/// reconnects, loads the event snapshot, follows notifications, and shows meanwhile what it has.
/// Sockets and decoding live on a thread of its own. Thread rule: UI thread; callbacks come there.
class Session : public QObject {
    Q_OBJECT

public:
    enum class State : std::uint8_t {
        Starting, ///< the service is being started
        Connecting,
        Loading, ///< connected, the snapshot is on its way
        Ready,
        Lost, ///< was ready; what is shown may be stale; reconnecting
    };
    Q_ENUM(State)

    explicit Session(SessionOptions options, QObject *parent = nullptr);
    ~Session() override;

    void open();
    [[nodiscard]] State state() const { return m_state; }
    /// Why it is not Ready, as the latest attempt told; nullopt when it is.
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    /// The newest that is known; empty before the first connection.
    [[nodiscard]] const ipc::StatusReply &status() const { return m_status; }

    [[nodiscard]] Focus &focus() { return m_focus; }
    [[nodiscard]] EventStore &events() { return m_events; }
    [[nodiscard]] EventSelector &selector() { return m_selector; }
    [[nodiscard]] EventTexts &texts() { return m_texts; }
    [[nodiscard]] EventTitles &titles() { return m_titles; }
    [[nodiscard]] QUndoStack &undoStack() { return m_undoStack; }

    template <class Request> using Callback = std::function<void(Result<ipc::Answer<Request>>)>;
    using ProgressCallback = std::function<void(const ipc::Progress &)>;
    /// `done` is called once, unless `context` (never null) is destroyed before.
    template <class Request>
    RequestHandle request(const Request &message, QObject *context, Callback<Request> done,
                          ProgressCallback progress = {}, ipc::UploadSource upload = {});

    /// Asks the service to end and does not start it again: for quitting from the tray.
    void shutdownService();

Q_SIGNALS:
    void stateChanged();
    void statusChanged();
    void sourceChanged(const chrona::ipc::SourceEntry &entry);
    void jobChanged(const chrona::ipc::JobEntry &job);
    void caseChanged(const chrona::ipc::CaseChanged &news);
    void oracleChanged(const chrona::ipc::OracleChanged &news);
    /// Entities were merged or split.
    void entitiesChanged(const chrona::ipc::EntitiesChanged &news);
    /// A briefing or an hourly update is stored.
    void briefingChanged(const chrona::ipc::BriefingChanged &news);
    void alertsChanged(const chrona::ipc::AlertsChanged &news);
    /// Sources and jobs may have changed in ways that were not told: ask for the lists again.
    void listsOutdated();

private:
    class Link;
    void setState(State state);
    void onConnected();
    void onDisconnected(const Error &error);
    void loadSnapshot();
    void retryLoading(const Error &error);
    void takeSnapshot(std::shared_ptr<const EventSnapshot> snapshot, ipc::SubscriptionStart start);
    void followEvents(ipc::SubscriptionStart start);
    void followTheRest();
    /// What was revised since the moment that is looked at, as it stood then.
    void askFormer();
    void takeFormer(Instant asOf,
                    const Result<ipc::WithColumns<ipc::FormerEventsRequest>> &answer);
    void refreshStatus();
    void takeStatus(const ipc::StatusReply &status);
    /// Calls on this thread, unless the context is destroyed before.
    [[nodiscard]] ipc::Deliver deliverTo(QObject *context);
    RequestHandle send(std::uint16_t type, QByteArray cbor, ipc::ReplySink sink);
    /// Runs `task` with the client, on its thread.
    void onLink(std::function<void(ipc::Client &)> task);
    /// Runs `task` here, from the client's thread.
    void onSession(std::function<void()> task);

    State m_state = State::Connecting;
    bool m_loaded = false;    ///< a snapshot has been loaded since the start
    bool m_following = false; ///< the client keeps the events subscription
    QTimer m_formerTimer;     ///< not more than once a second while events arrive
    std::optional<Error> m_problem;
    ipc::StatusReply m_status;
    Focus m_focus;
    EventStore m_events;
    EventTitles m_titles;
    EventSelector m_selector;
    EventTexts m_texts;
    QUndoStack m_undoStack;
    std::unique_ptr<Link> m_link;
};

template <class Request>
RequestHandle Session::request(const Request &message, QObject *context, Callback<Request> done,
                               ProgressCallback progress, ipc::UploadSource upload)
{
    const ipc::Deliver deliver = deliverTo(context);
    ipc::ReplySink sink = ipc::sinkFor<Request>(std::move(done), deliver);
    if (progress)
        sink.progress = [deliver, progress = std::move(progress)](const ipc::Progress &news) {
            deliver([progress, news] { progress(news); });
        };
    sink.upload = std::move(upload);
    return send(Request::kType, ipc::encode(message), std::move(sink));
}

} // namespace chrona::workspace
