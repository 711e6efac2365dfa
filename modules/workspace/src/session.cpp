// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/session.h"

#include "chrona/base/log.h"
#include "chrona/ipc/endpoint.h"
#include "service_starter.h"

#include <QThread>
#include <QTimer>

#include <algorithm>

namespace chrona::workspace {
namespace {

// The database may still be starting.
constexpr std::chrono::milliseconds kLoadPause{500};
constexpr std::chrono::milliseconds kFormerPause{1000};

QStringList listOf(const std::vector<std::string> &texts)
{
    QStringList list;
    list.reserve(static_cast<qsizetype>(texts.size()));
    for (const std::string &text : texts)
        list.append(QString::fromStdString(text));
    return list;
}

/// On the client's thread, so that a million rows are moved and checked off the UI thread.
std::shared_ptr<const EventSnapshot>
snapshotFrom(ipc::WithColumns<ipc::EventSnapshotRequest> answer)
{
    EventSnapshot snapshot;
    snapshot.sources = listOf(answer.reply.sources);
    snapshot.regions = listOf(answer.reply.regions);
    snapshot.sequence = answer.reply.sequence;
    snapshot.since = answer.reply.since;
    snapshot.older = answer.reply.older;
    if (std::ranges::is_sorted(answer.columns.observedAt)) {
        snapshot.columns = std::move(answer.columns);
        return std::make_shared<const EventSnapshot>(std::move(snapshot));
    }
    log::warning("session", "the snapshot was not ordered by time");
    EventDelta rows;
    rows.rows = std::move(answer.columns);
    return std::make_shared<const EventSnapshot>(merged(snapshot, {rows}));
}

EventDelta deltaFrom(ipc::EventsAppended news, std::uint64_t sequence)
{
    EventDelta delta;
    for (const schema::EventId id : news.removed)
        delta.removed.push_back(id.value);
    delta.rows = std::move(news.rows);
    delta.sources = listOf(news.sources);
    delta.regions = listOf(news.regions);
    delta.sequence = sequence;
    return delta;
}

ipc::ClientOptions clientOptions(const SessionOptions &options)
{
    const ipc::Endpoint endpoint = ipc::endpointFor(options.dataFolder);
    ipc::ClientOptions client;
    client.socketPath = QString::fromStdString(endpoint.socket.string());
    client.tokenFile = endpoint.tokenFile.string();
    client.name = options.clientName.toStdString();
    client.version = options.version.toStdString();
    return client;
}

QStringList serviceArguments(const SessionOptions &options)
{
    return options.serviceArguments +
           QStringList{QStringLiteral("--data-dir"),
                       QString::fromStdString(options.dataFolder.string())};
}

} // namespace

/// The client with its thread, and the one who starts the service.
class Session::Link {
public:
    Link(const SessionOptions &options)
        : starter(options.servicePath, workspace::serviceArguments(options), options.restartFirst,
                  options.restartLast)
    {
        m_thread.setObjectName(QStringLiteral("ipc"));
        m_thread.start();
        m_anchor.moveToThread(&m_thread);
        QMetaObject::invokeMethod(
            &m_anchor, [&] { m_client = std::make_unique<ipc::Client>(clientOptions(options)); },
            Qt::BlockingQueuedConnection);
    }
    ~Link()
    {
        QMetaObject::invokeMethod(
            &m_anchor, [this] { m_client.reset(); }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    void run(std::function<void(ipc::Client &)> task)
    {
        QMetaObject::invokeMethod(
            &m_anchor, [this, task = std::move(task)] { task(*m_client); }, Qt::QueuedConnection);
    }
    [[nodiscard]] ipc::Client &client() { return *m_client; }

    ServiceStarter starter;

private:
    QThread m_thread;
    QObject m_anchor;
    std::unique_ptr<ipc::Client> m_client;
};

Session::Session(SessionOptions options, QObject *parent)
    : QObject(parent),
      m_titles(
          m_events,
          [this](ipc::TitleMatchQuery asked, auto done) {
              request<ipc::TitleMatchQuery>(std::move(asked), this, std::move(done));
          },
          [this](ipc::TitleOrderQuery asked, auto done) {
              request<ipc::TitleOrderQuery>(std::move(asked), this, std::move(done));
          }),
      m_selector(m_focus, m_events, m_titles),
      m_texts([this](ipc::EventTextsRequest asked, EventTexts::Answer done) {
          request<ipc::EventTextsRequest>(std::move(asked), this, std::move(done));
      }),
      m_link(std::make_unique<Link>(options))
{
    m_formerTimer.setSingleShot(true);
    m_formerTimer.setInterval(kFormerPause);
    connect(&m_formerTimer, &QTimer::timeout, this, &Session::askFormer);
    connect(&m_focus, &Focus::asOfChanged, this, [this] {
        m_texts.setAsOf(m_focus.asOf());
        askFormer();
    });
    // Direct: these run on the client's thread, where its state may be read.
    ipc::Client *client = &m_link->client();
    connect(
        client, &ipc::Client::stateChanged, client,
        [this, client] {
            if (client->state() == ipc::Client::State::Connected)
                onSession([this] { onConnected(); });
        },
        Qt::DirectConnection);
    connect(
        client, &ipc::Client::attemptFailed, client,
        [this, client] {
            onSession([this, error = client->lastError()] { onDisconnected(error); });
        },
        Qt::DirectConnection);
}

Session::~Session()
{
    m_link.reset();
}

void Session::open()
{
    followTheRest();
    onLink([](ipc::Client &client) { client.open(); });
}

void Session::onLink(std::function<void(ipc::Client &)> task)
{
    m_link->run(std::move(task));
}

void Session::onSession(std::function<void()> task)
{
    QMetaObject::invokeMethod(this, std::move(task), Qt::QueuedConnection);
}

void Session::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

void Session::onConnected()
{
    m_link->starter.serviceAnswered();
    m_problem.reset();
    refreshStatus();
    Q_EMIT listsOutdated();
    // With a subscription that resumes, what is missing comes by itself, or a resync asks for all.
    if (m_following) {
        setState(State::Ready);
        m_texts.forgetAll();
    } else {
        loadSnapshot();
    }
}

void Session::onDisconnected(const Error &error)
{
    m_problem = error;
    bool starting = false;
    if (error.code == ErrorCode::Unavailable) {
        const auto started = m_link->starter.nobodyAnswers();
        if (started)
            starting = *started;
        else
            m_problem = started.error();
    }
    setState(m_loaded ? State::Lost : starting ? State::Starting : State::Connecting);
}

void Session::loadSnapshot()
{
    // Until it is here, another connection must not think that it only has to catch up.
    m_following = false;
    setState(State::Loading);
    onLink([this](ipc::Client &client) {
        ipc::Client::Callbacks<ipc::EventSnapshotRequest> callbacks;
        callbacks.done = [this, &client](Result<ipc::Answer<ipc::EventSnapshotRequest>> answer) {
            if (!answer)
                return onSession([this, error = answer.error()] { retryLoading(error); });
            const ipc::SubscriptionStart start{client.welcome().epoch, answer->reply.sequence};
            auto snapshot = snapshotFrom(std::move(*answer));
            onSession(
                [this, snapshot = std::move(snapshot), start] { takeSnapshot(snapshot, start); });
        };
        client.send<ipc::EventSnapshotRequest>({}, std::move(callbacks));
    });
}

void Session::retryLoading(const Error &error)
{
    // A lost connection has its own way back.
    if (m_state != State::Loading)
        return;
    m_problem = error;
    Q_EMIT stateChanged();
    QTimer::singleShot(kLoadPause, this, [this] {
        if (m_state == State::Loading)
            loadSnapshot();
    });
}

void Session::takeSnapshot(std::shared_ptr<const EventSnapshot> snapshot,
                           ipc::SubscriptionStart start)
{
    m_events.replace(std::move(snapshot));
    const auto &times = m_events.snapshot()->columns.observedAt;
    // Nobody has chosen yet: what there is.
    if (m_focus.showsEverything() && !times.empty())
        m_focus.setWindow({Instant(Duration(times.front())), Instant(Duration(times.back() + 1))});
    m_texts.forgetAll();
    m_loaded = true;
    askFormer();
    m_problem.reset();
    followEvents(start);
    setState(State::Ready);
}

void Session::followEvents(ipc::SubscriptionStart start)
{
    m_following = true;
    onLink([this, start](ipc::Client &client) {
        ipc::Client::Subscription<ipc::EventsAppended> events;
        events.start = start;
        events.resync = [this] { onSession([this] { loadSnapshot(); }); };
        events.message = [this](ipc::EventsAppended news, std::uint64_t sequence) {
            auto delta = std::make_shared<EventDelta>(deltaFrom(std::move(news), sequence));
            onSession([this, delta] {
                m_texts.forget(delta->removed);
                m_events.append(std::move(*delta));
                if (m_focus.asOf() && !m_formerTimer.isActive())
                    m_formerTimer.start();
            });
        };
        client.subscribe<ipc::EventsAppended>(std::move(events));
    });
}

void Session::followTheRest()
{
    onLink([this](ipc::Client &client) {
        const auto outdated = [this] { onSession([this] { Q_EMIT listsOutdated(); }); };
        client.subscribe<ipc::SourceChanged>(
            {[this](const ipc::SourceChanged &news, std::uint64_t) {
                 onSession([this, news] { Q_EMIT sourceChanged(news.entry); });
             },
             outdated});
        client.subscribe<ipc::JobChanged>({[this](const ipc::JobChanged &news, std::uint64_t) {
                                               onSession(
                                                   [this, news] { Q_EMIT jobChanged(news.job); });
                                           },
                                           outdated});
        client.subscribe<ipc::CaseChanged>({[this](const ipc::CaseChanged &news, std::uint64_t) {
                                                onSession(
                                                    [this, news] { Q_EMIT caseChanged(news); });
                                            },
                                            outdated});
        client.subscribe<ipc::EntitiesChanged>(
            {[this](const ipc::EntitiesChanged &news, std::uint64_t) {
                 onSession([this, news] { Q_EMIT entitiesChanged(news); });
             },
             outdated});
        client.subscribe<ipc::BriefingChanged>(
            {[this](const ipc::BriefingChanged &news, std::uint64_t) {
                 onSession([this, news] { Q_EMIT briefingChanged(news); });
             },
             outdated});
        client.subscribe<ipc::AlertsChanged>(
            {[this](const ipc::AlertsChanged &news, std::uint64_t) {
                 onSession([this, news] { Q_EMIT alertsChanged(news); });
             },
             outdated});
        client.subscribe<ipc::OracleChanged>(
            {[this](const ipc::OracleChanged &news, std::uint64_t) {
                 onSession([this, news] { Q_EMIT oracleChanged(news); });
             },
             outdated});
        client.subscribe<ipc::StatusChanged>(
            {[this](const ipc::StatusChanged &news, std::uint64_t) {
                 onSession([this, news] { takeStatus(news.status); });
             },
             [this] { onSession([this] { refreshStatus(); }); }});
    });
}

void Session::askFormer()
{
    const auto asOf = m_focus.asOf();
    if (!asOf) {
        m_events.setFormer(nullptr);
        return;
    }
    if (!m_loaded)
        return;
    request<ipc::FormerEventsRequest>(
        {*asOf}, this,
        [this, moment = *asOf](const Result<ipc::WithColumns<ipc::FormerEventsRequest>> &answer) {
            takeFormer(moment, answer);
        });
}

void Session::takeFormer(Instant asOf,
                         const Result<ipc::WithColumns<ipc::FormerEventsRequest>> &answer)
{
    if (m_focus.asOf() != asOf)
        return;
    if (!answer) {
        log::warning("session", "what stood at {} is not known: {}", formatInstant(asOf),
                     describe(answer.error()));
        return;
    }
    auto former = std::make_shared<FormerEvents>();
    former->rows = answer->columns;
    former->sources = listOf(answer->reply.sources);
    former->regions = listOf(answer->reply.regions);
    m_events.setFormer(std::move(former));
}

void Session::refreshStatus()
{
    request<ipc::StatusRequest>({}, this, [this](const Result<ipc::StatusReply> &status) {
        if (status)
            takeStatus(*status);
    });
}

void Session::takeStatus(const ipc::StatusReply &status)
{
    m_status = status;
    Q_EMIT statusChanged();
}

void Session::shutdownService()
{
    m_link->starter.stopStarting();
    request<ipc::Shutdown>({}, this, [](const Result<ipc::Done> &) {});
}

} // namespace chrona::workspace
