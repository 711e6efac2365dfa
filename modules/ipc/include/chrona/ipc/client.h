// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace chrona::ipc {

/// Gives the next piece of an upload, at most `bytesMax`; an empty one ends it, a failure cancels
/// it.
using UploadSource = std::function<Result<QByteArray>(std::size_t bytesMax)>;

struct ClientOptions {
    QString socketPath;
    std::string tokenFile; ///< read anew at each connection
    std::string name;      ///< "chrona"
    std::string version;
    std::chrono::milliseconds retryFirst{50}; ///< after a loss; doubles up to retryLast
    std::chrono::milliseconds retryLast{2000};
};

/// From where notifications are wanted: those after `after`, counted in `epoch` (see Welcome).
struct SubscriptionStart {
    std::uint64_t epoch = 0;
    std::uint64_t after = 0;
};

/// Type-erased ends of one request; sinkFor() makes them.
struct ReplySink {
    std::function<Status(std::span<const std::byte> block)> block;
    std::function<void(Result<QByteArray> reply)> end; ///< CBOR of Request::Reply; exactly once
    std::function<void(const Progress &)> progress;
    UploadSource upload;
};

/// The client's end, which connects again by itself and then resumes its subscriptions.
///
/// Thread rule: create, call and destroy on one thread with an event loop; callbacks come there. A
/// request that is open when the connection goes ends in Unavailable; it is not sent again, because
/// only the caller knows whether that is safe.
class Client : public QObject {
    Q_OBJECT

public:
    enum class State : std::uint8_t { Closed, Connecting, Connected };
    Q_ENUM(State)
    using RequestId = std::uint64_t;
    template <class Request> struct Callbacks {
        std::function<void(Result<Answer<Request>>)> done; ///< exactly once
        std::function<void(const Progress &)> progress{};
        UploadSource upload{}; ///< for requests with an upload
    };

    explicit Client(ClientOptions options, QObject *parent = nullptr);
    ~Client() override;

    void open();
    void close(); ///< open requests end in Unavailable
    [[nodiscard]] State state() const;
    [[nodiscard]] const Welcome &welcome() const; ///< of the latest connection
    [[nodiscard]] const Error &lastError() const; ///< why the latest attempt failed

    template <class Request> RequestId send(const Request &request, Callbacks<Request> callbacks);
    /// The same for one who made the sink.
    RequestId send(std::uint16_t type, const QByteArray &cbor, ReplySink sink);
    /// The request still ends once: in Cancelled, or in its answer where that was quicker.
    void cancel(RequestId request);

    /// Notifications of a topic after `start`, or from now on. `resync` is called when some were
    /// missed for good. Both survive reconnects.
    template <class Message> struct Subscription {
        std::function<void(Message, std::uint64_t sequence)> message;
        std::function<void()> resync;
        std::optional<SubscriptionStart> start{};
    };
    template <class Message> void subscribe(Subscription<Message> subscription);
    void unsubscribe(Topic topic);

Q_SIGNALS:
    void stateChanged();
    /// Nobody answers, or refuses us: see lastError(). The next attempt follows by itself.
    void attemptFailed();

private:
    using TakeBytes =
        std::function<Status(std::span<const std::byte> cbor, std::uint64_t sequence)>;
    void subscribeBytes(Topic topic, TakeBytes message, std::function<void()> resync,
                        std::optional<SubscriptionStart> start);
    void tryConnect();
    void readAvailable();
    void lose(const Error &error);
    void setState(State state);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace chrona::ipc

#include "chrona/ipc/client_templates.h"
