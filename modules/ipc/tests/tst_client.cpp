// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test_service.h"

#include <QSignalSpy>
#include <QTest>

#include <numeric>
#include <semaphore>

using namespace chrona;
using namespace chrona::ipc;
using namespace chrona::ipc::testing;

namespace {

/// What a subscriber heard.
struct Seen {
    std::vector<std::uint64_t> numbers;
    int resyncs = 0;
    [[nodiscard]] Client::Subscription<StatusChanged> subscription()
    {
        return {[this](const StatusChanged &, std::uint64_t number) { numbers.push_back(number); },
                [this] { ++resyncs; }};
    }
};

} // namespace

/// Client and server together, over real sockets.
class TestClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void requestIsAnswered();
    void answerMayComeFromAnotherThread();
    void failureCarriesCauseAndRemedy();
    void rowsArriveWhole();
    void wrongRowCountIsRefused();
    void progressComesBeforeTheEnd();
    void cancelEndsInCancelled();
    void cancelWhileRowsStream();
    void uploadArrivesWhole();
    void uploadSourceMayFail();
    void uploadIsCancelledWithTheRequest();
    void requestWithoutConnectionFails();
    void openRequestsFailWhenTheServiceGoes();
    void subscriptionNumbersNotifications();
    void missedNotificationsComeAfterReconnect();
    void tooManyMissedMeanResync();
    void restartOfTheServiceMeansResync();
    void serviceAsksForResync();
    void unsubscribedMeansSilence();
    void tokenOfARestartedServiceIsReadAnew();
    void wrongTokenIsReported();
    void blockingClientAsks();
    void blockingClientUploadsAndCancels();
    void blockingClientTimesOut();
    void blockingClientMissesTheService();

private:
    void connectClient();
    /// Until it heard the first notification of all.
    void subscribe(Seen &seen);
    /// Sends and waits for the end.
    template <class Request> Result<Answer<Request>> ask(const Request &request);

    std::unique_ptr<TestService> m_service;
    std::unique_ptr<Client> m_client;
};

void TestClient::init()
{
    m_service = std::make_unique<TestService>();
    QVERIFY(m_service->start());
    m_client = std::make_unique<Client>(m_service->clientOptions());
    connectClient();
}

void TestClient::connectClient()
{
    m_client->open();
    QTRY_COMPARE(m_client->state(), Client::State::Connected);
}

void TestClient::subscribe(Seen &seen)
{
    m_client->subscribe<StatusChanged>(seen.subscription());
    QVERIFY(ask(Ping{}));
    m_service->server->publish(StatusChanged{});
    QTRY_COMPARE(seen.numbers.size(), 1U);
}

void TestClient::cleanup()
{
    m_client.reset();
    m_service.reset();
}

template <class Request> Result<Answer<Request>> TestClient::ask(const Request &request)
{
    std::optional<Result<Answer<Request>>> answer;
    m_client->send<Request>(request,
                            {[&](Result<Answer<Request>> result) { answer = std::move(result); }});
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 10'000))
        return fail(ErrorCode::Timeout, "no answer");
    return std::move(*answer);
}

void TestClient::requestIsAnswered()
{
    m_service->handlers.onStatus = [](StatusRequest, auto responder) {
        StatusReply reply;
        reply.version = "7";
        reply.eventCount = 42;
        responder.reply(reply);
    };
    const auto status = ask(StatusRequest{});
    QVERIFY(status);
    QCOMPARE(status->eventCount, 42);
    QCOMPARE(m_client->welcome().serverVersion, std::string("1.0"));
    QCOMPARE(ask(Ping{3})->number, 3);
}

void TestClient::answerMayComeFromAnotherThread()
{
    m_service->handlers.onStatus = [this](StatusRequest, auto responder) {
        m_service->work([responder] {
            StatusReply reply;
            reply.version = "thread";
            responder.reply(reply);
        });
    };
    for (int round = 0; round < 20; ++round)
        QCOMPARE(ask(StatusRequest{})->version, std::string("thread"));
}

void TestClient::failureCarriesCauseAndRemedy()
{
    m_service->handlers.onStatus = [](StatusRequest, auto responder) {
        responder.fail({ErrorCode::Conflict, "somebody else", "wait", true});
        responder.reply(StatusReply{}); // comes too late to count
    };
    const auto status = ask(StatusRequest{});
    QVERIFY(!status && status.error().code == ErrorCode::Conflict);
    QCOMPARE(status.error().remedy, std::string("wait"));
    QVERIFY(status.error().retryable);
}

void TestClient::rowsArriveWhole()
{
    const std::shared_ptr<const schema::EventColumns> columns = madeColumns(700'000);
    m_service->handlers.onSnapshot = [&](EventSnapshotRequest, auto responder) {
        responder.reply({9, columns->size(), {"usgs"}, {"US"}}, columns);
    };
    const auto answer = ask(EventSnapshotRequest{});
    QVERIFY(answer);
    QCOMPARE(answer->reply.sequence, 9U);
    QCOMPARE(answer->columns.size(), columns->size());
    QVERIFY(answer->columns.isConsistent());
    QVERIFY(answer->columns.id == columns->id && answer->columns.latitude == columns->latitude);
    QVERIFY(answer->columns.region == columns->region);
    QVERIFY2(m_service->server->counters().outgoingBytesPeak < (4 << 20), "26 MB in all");
}

void TestClient::wrongRowCountIsRefused()
{
    m_service->handlers.onSnapshot = [](EventSnapshotRequest, auto responder) {
        responder.reply({0, 4, {}, {}},
                        std::shared_ptr<const schema::EventColumns>(madeColumns(3)));
    };
    const auto answer = ask(EventSnapshotRequest{});
    QVERIFY(!answer && answer.error().code == ErrorCode::Corrupt);
}

void TestClient::progressComesBeforeTheEnd()
{
    m_service->handlers.onStatus = [](StatusRequest, auto responder) {
        for (std::int64_t step = 1; step <= 3; ++step)
            responder.progress({"work", step, 3});
        responder.reply(StatusReply{});
        responder.progress({"late", 4, 3});
    };
    std::vector<std::int64_t> steps;
    bool ended = false;
    m_client->send<StatusRequest>({}, {[&](const auto &) { ended = true; },
                                       [&](const Progress &news) {
                                           QVERIFY(!ended);
                                           steps.push_back(news.done);
                                       }});
    QTRY_VERIFY(ended);
    QCOMPARE(steps, (std::vector<std::int64_t>{1, 2, 3}));
}

void TestClient::cancelEndsInCancelled()
{
    std::atomic<bool> began = false;
    m_service->handlers.onStatus = [&](StatusRequest, auto responder) {
        m_service->work([&began, responder] {
            std::binary_semaphore stopped(0);
            const std::stop_callback wake(responder.stopToken(), [&] { stopped.release(); });
            began = true;
            stopped.acquire();
            responder.fail({ErrorCode::Cancelled, "stopped"});
        });
    };
    int ends = 0;
    ErrorCode code{};
    const auto id = m_client->send<StatusRequest>({}, {[&](const Result<StatusReply> &result) {
                                                      ++ends;
                                                      code = result.error().code;
                                                  }});
    QTRY_VERIFY(began);
    m_client->cancel(id);
    m_client->cancel(id);
    QTRY_COMPARE(ends, 1);
    QVERIFY(code == ErrorCode::Cancelled);
    m_client->cancel(id); // has ended: nothing happens
    QVERIFY(ask(Ping{}));
    QCOMPARE(ends, 1);
}

void TestClient::cancelWhileRowsStream()
{
    const std::shared_ptr<const schema::EventColumns> columns = madeColumns(2'000'000);
    m_service->handlers.onSnapshot = [&](EventSnapshotRequest, auto responder) {
        responder.reply({0, columns->size(), {}, {}}, columns);
        // The first rows are on their way; nobody has read any.
        QMetaObject::invokeMethod(
            m_client.get(), [this] { m_client->cancel(2); }, Qt::QueuedConnection);
    };
    std::optional<ErrorCode> code;
    const auto id = m_client->send<EventSnapshotRequest>(
        {}, {[&](const Result<Answer<EventSnapshotRequest>> &result) {
            code = result ? ErrorCode{} : result.error().code;
        }});
    QCOMPARE(id, 2U); // the hello was 1
    QTRY_VERIFY(code);
    QVERIFY(*code == ErrorCode::Cancelled);
    QCOMPARE(m_service->server->counters().requestsOpen, 0);
    QVERIFY(ask(Ping{}));
}

void TestClient::uploadArrivesWhole()
{
    constexpr qint64 kSize = 30'000'001;
    m_service->handlers.onImport = [this](ImportBegin begin, auto responder) {
        m_service->work([begin = std::move(begin), responder] {
            ImportReport report;
            report.source = begin.fileName;
            while (true) {
                const auto piece = responder.upload().read();
                if (!piece)
                    return responder.fail(piece.error());
                if (!*piece)
                    return responder.reply(report);
                report.accepted += (*piece)->size();
                for (const char byte : **piece)
                    report.rejected += static_cast<unsigned char>(byte);
            }
        });
    };
    qint64 given = 0;
    qint64 sum = 0;
    const UploadSource source = [&](std::size_t bytesMax) -> Result<QByteArray> {
        const qint64 count = std::min<qint64>(static_cast<qint64>(bytesMax), kSize - given);
        QByteArray piece(count, static_cast<char>(given % 251));
        given += count;
        sum += count * (piece.isEmpty() ? 0 : static_cast<unsigned char>(piece[0]));
        return piece;
    };
    std::optional<Result<ImportReport>> report;
    ImportBegin begin;
    begin.fileName = "a.csv";
    m_client->send<ImportBegin>(begin, {[&](auto result) { report = result; }, {}, source});
    QVERIFY2(given <= static_cast<qint64>(kCreditBytesInitial), "held back by credit");
    QTRY_VERIFY_WITH_TIMEOUT(report, 20'000);
    QVERIFY2(*report, (*report) ? "" : (*report).error().what.c_str());
    QCOMPARE((*report)->accepted, kSize);
    QCOMPARE((*report)->rejected, sum);
    QCOMPARE((*report)->source, std::string("a.csv"));
}

void TestClient::uploadSourceMayFail()
{
    std::optional<ErrorCode> seen;
    m_service->handlers.onImport = [&](ImportBegin, auto responder) {
        m_service->work([&seen, responder] {
            auto piece = responder.upload().read();
            while (piece && *piece)
                piece = responder.upload().read();
            seen = piece ? ErrorCode::InvalidInput : piece.error().code;
            responder.fail(piece.error());
        });
    };
    int pieces = 0;
    const UploadSource source = [&](std::size_t) -> Result<QByteArray> {
        if (++pieces > 3)
            return fail(ErrorCode::NotFound, "the disk is gone");
        return QByteArray(1000, 'x');
    };
    std::optional<Result<ImportReport>> report;
    m_client->send<ImportBegin>({}, {[&](auto result) { report = result; }, {}, source});
    QTRY_VERIFY(report);
    QVERIFY(!*report && (*report).error().what == "the disk is gone");
    m_service->stop();
    QVERIFY2(seen == ErrorCode::Cancelled, "half a file is no file");
}

void TestClient::uploadIsCancelledWithTheRequest()
{
    m_service->handlers.onImport = [this](ImportBegin, auto responder) {
        m_service->work([responder] {
            auto piece = responder.upload().read();
            while (piece && *piece)
                piece = responder.upload().read();
            responder.fail(piece ? Error{} : piece.error());
        });
    };
    const UploadSource endless = [](std::size_t bytesMax) -> Result<QByteArray> {
        return QByteArray(static_cast<qsizetype>(bytesMax), 'x');
    };
    std::optional<Result<ImportReport>> report;
    const auto id =
        m_client->send<ImportBegin>({}, {[&](auto result) { report = result; }, {}, endless});
    m_client->cancel(id);
    QTRY_VERIFY(report);
    QVERIFY(!*report && (*report).error().code == ErrorCode::Cancelled);
}

void TestClient::requestWithoutConnectionFails()
{
    m_client->close();
    const auto answer = ask(Ping{});
    QVERIFY(!answer && answer.error().code == ErrorCode::Unavailable && answer.error().retryable);
}

void TestClient::openRequestsFailWhenTheServiceGoes()
{
    std::optional<Responder<StatusRequest>> waiting;
    m_service->handlers.onStatus = [&](StatusRequest, auto responder) { waiting = responder; };
    std::optional<Result<StatusReply>> answer;
    m_client->send<StatusRequest>({}, {[&](auto result) { answer = result; }});
    QTRY_VERIFY(waiting);
    m_service->stop();
    QTRY_VERIFY(answer);
    QVERIFY(!*answer && (*answer).error().code == ErrorCode::Unavailable);
    QCOMPARE(m_client->state(), Client::State::Connecting);
    waiting->reply(StatusReply{}); // to nobody: must not matter
    QVERIFY(m_service->start());
    QTRY_COMPARE(m_client->state(), Client::State::Connected);
    QVERIFY(ask(Ping{}));
}

void TestClient::subscriptionNumbersNotifications()
{
    QCOMPARE(m_service->server->publish(StatusChanged{}), 1U);
    Seen seen;
    m_client->subscribe<StatusChanged>(seen.subscription());
    QVERIFY(ask(Ping{}));
    m_service->server->publish(SourceChanged{});
    for (int round = 0; round < 3; ++round)
        m_service->server->publish(StatusChanged{});
    QTRY_COMPARE(seen.numbers, (std::vector<std::uint64_t>{2, 3, 4}));
    QCOMPARE(seen.resyncs, 0);
}

void TestClient::missedNotificationsComeAfterReconnect()
{
    Seen seen;
    subscribe(seen);
    m_client->close();
    m_service->server->publish(StatusChanged{});
    m_service->server->publish(StatusChanged{});
    connectClient();
    QTRY_COMPARE(seen.numbers, (std::vector<std::uint64_t>{1, 2, 3}));
    QCOMPARE(seen.resyncs, 0);
}

void TestClient::tooManyMissedMeanResync()
{
    Seen seen;
    subscribe(seen);
    m_client->close();
    StatusChanged large;
    large.status.version = std::string(1 << 20, 'v');
    for (int round = 0; round < 12; ++round)
        m_service->server->publish(large);
    connectClient();
    QTRY_COMPARE(seen.resyncs, 1);
    m_service->server->publish(StatusChanged{});
    QTRY_COMPARE(seen.numbers, (std::vector<std::uint64_t>{1, 14}));
}

void TestClient::restartOfTheServiceMeansResync()
{
    Seen seen;
    subscribe(seen);
    m_service->stop();
    QVERIFY(m_service->start());
    QTRY_COMPARE(seen.resyncs, 1);
    m_service->server->publish(StatusChanged{}); // number 1 of another epoch
    QTRY_COMPARE(seen.numbers, (std::vector<std::uint64_t>{1, 1}));
}

void TestClient::serviceAsksForResync()
{
    Seen seen;
    subscribe(seen);
    QCOMPARE(m_service->server->resync(Topic::Status), 2U);
    QTRY_COMPARE(seen.resyncs, 1);
    m_service->server->publish(StatusChanged{});
    QTRY_COMPARE(seen.numbers, (std::vector<std::uint64_t>{1, 3}));
}

void TestClient::unsubscribedMeansSilence()
{
    Seen seen;
    m_client->subscribe<StatusChanged>(seen.subscription());
    m_client->unsubscribe(Topic::Status);
    QVERIFY(ask(Ping{}));
    m_service->server->publish(StatusChanged{});
    QVERIFY(ask(Ping{}));
    QVERIFY(ask(Ping{}));
    QVERIFY(seen.numbers.empty());
}

void TestClient::tokenOfARestartedServiceIsReadAnew()
{
    m_service->stop();
    QTRY_COMPARE(m_client->state(), Client::State::Connecting);
    QVERIFY(std::filesystem::remove(m_service->endpoint.tokenFile));
    m_service->options.token = ensureToken(m_service->endpoint.tokenFile).value();
    QVERIFY(m_service->start());
    QTRY_COMPARE(m_client->state(), Client::State::Connected);
}

void TestClient::wrongTokenIsReported()
{
    m_service->stop();
    m_service->options.token = std::string(64, '0');
    QVERIFY(m_service->start());
    QTRY_VERIFY(m_client->lastError().code == ErrorCode::Denied);
    QVERIFY(!m_client->lastError().remedy.empty());
    const auto blocking = [this] {
        Result<std::unique_ptr<BlockingClient>> made = fail(ErrorCode::Timeout, "");
        std::atomic<bool> ready = false;
        std::thread caller([&] {
            made = BlockingClient::open(m_service->clientOptions(), std::chrono::seconds(10));
            ready = true;
        });
        (void)QTest::qWaitFor([&] { return ready.load(); }, 15'000);
        caller.join();
        return made ? ErrorCode{} : made.error().code;
    }();
    QVERIFY(blocking == ErrorCode::Denied);
}

namespace {

/// Runs `task` with a blocking client on another thread, while this one serves.
template <class Task> Status withBlockingClient(const ClientOptions &options, Task task)
{
    Status status = fail(ErrorCode::Timeout, "the task did not end");
    std::atomic<bool> ready = false;
    std::thread caller([&] {
        auto client = BlockingClient::open(options, std::chrono::seconds(10));
        status = client ? task(**client) : Status(std::unexpected(client.error()));
        ready = true;
    });
    (void)QTest::qWaitFor([&] { return ready.load(); }, 30'000);
    caller.join();
    return status;
}

} // namespace

void TestClient::blockingClientAsks()
{
    const std::shared_ptr<const schema::EventColumns> columns = madeColumns(300'000);
    m_service->handlers.onSnapshot = [&](EventSnapshotRequest, auto responder) {
        responder.progress({"rows", 1, 2});
        responder.reply({1, columns->size(), {}, {}}, columns);
    };
    std::size_t rows = 0;
    std::int64_t progress = 0;
    const auto status =
        withBlockingClient(m_service->clientOptions(), [&](BlockingClient &client) -> Status {
            BlockingClient::Limits limits;
            limits.progress = [&](const Progress &news) { progress = news.done; };
            const auto answer = client.request(EventSnapshotRequest{}, limits);
            if (!answer)
                return std::unexpected(answer.error());
            rows = answer->columns.size();
            return client.request(Ping{}).transform([](const Pong &) {});
        });
    QVERIFY2(status, status ? "" : status.error().what.c_str());
    QCOMPARE(rows, columns->size());
    QCOMPARE(progress, 1);
}

void TestClient::blockingClientUploadsAndCancels()
{
    std::atomic<qint64> arrived = 0;
    m_service->handlers.onImport = [&](ImportBegin, auto responder) {
        m_service->work([&arrived, responder] {
            auto piece = responder.upload().read();
            for (; piece && *piece; piece = responder.upload().read())
                arrived += (*piece)->size();
            responder.finish(piece.transform([&](const auto &) {
                ImportReport report;
                report.accepted = arrived;
                return report;
            }));
        });
    };
    std::stop_source stop;
    const auto status =
        withBlockingClient(m_service->clientOptions(), [&](BlockingClient &client) -> Status {
            BlockingClient::Limits limits;
            int pieces = 0;
            limits.upload = [&](std::size_t bytesMax) -> Result<QByteArray> {
                const std::size_t size =
                    ++pieces > 100 ? 0 : std::min<std::size_t>(bytesMax, 100'000);
                return QByteArray(static_cast<qsizetype>(size), 'x');
            };
            const auto report = client.request(ImportBegin{}, limits);
            if (!report)
                return std::unexpected(report.error());
            limits.upload = [&](std::size_t bytesMax) -> Result<QByteArray> {
                stop.request_stop();
                return QByteArray(static_cast<qsizetype>(bytesMax), 'x');
            };
            limits.stop = stop.get_token();
            const auto cancelled = client.request(ImportBegin{}, limits);
            return cancelled ? fail(ErrorCode::InvalidInput, "was not cancelled")
                   : cancelled.error().code == ErrorCode::Cancelled
                       ? Status{}
                       : std::unexpected(cancelled.error());
        });
    QVERIFY2(status, status ? "" : status.error().what.c_str());
    QVERIFY(arrived >= 10'000'000);
}

void TestClient::blockingClientTimesOut()
{
    std::vector<Responder<StatusRequest>> waiting;
    m_service->handlers.onStatus = [&](StatusRequest, auto responder) {
        waiting.push_back(responder);
    };
    const auto status = withBlockingClient(m_service->clientOptions(), [](BlockingClient &client) {
        BlockingClient::Limits limits;
        limits.timeout = std::chrono::milliseconds(50);
        return client.request(StatusRequest{}, limits).transform([](const StatusReply &) {});
    });
    QVERIFY(!status && status.error().code == ErrorCode::Timeout);
}

void TestClient::blockingClientMissesTheService()
{
    m_service->stop();
    const auto client = BlockingClient::open(m_service->clientOptions(), std::chrono::seconds(5));
    QVERIFY(!client && client.error().code == ErrorCode::Unavailable);
}

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"
