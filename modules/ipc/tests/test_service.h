// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/blocking_client.h"
#include "chrona/ipc/endpoint.h"
#include "chrona/ipc/server.h"

#include <QTemporaryDir>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace chrona::ipc::testing {

/// Handlers for every request: those that a test sets, the rest say NotFound.
class TestHandlers {
public:
    std::function<void(StatusRequest, Responder<StatusRequest>)> onStatus;
    std::function<void(EventSnapshotRequest, Responder<EventSnapshotRequest>)> onSnapshot;
    std::function<void(EventTextsRequest, Responder<EventTextsRequest>)> onTexts;
    std::function<void(ImportBegin, Responder<ImportBegin>)> onImport;

    template <class Request> void handle(Request request, Responder<Request> responder)
    {
        if constexpr (std::same_as<Request, StatusRequest>)
            call(onStatus, request, responder);
        else if constexpr (std::same_as<Request, EventSnapshotRequest>)
            call(onSnapshot, request, responder);
        else if constexpr (std::same_as<Request, EventTextsRequest>)
            call(onTexts, request, responder);
        else if constexpr (std::same_as<Request, ImportBegin>)
            call(onImport, request, responder);
        else
            responder.fail(nothingHere());
    }

private:
    [[nodiscard]] static Error nothingHere();
    template <class Function, class Request, class Answer>
    void call(const Function &function, Request &request, Answer &responder)
    {
        if (function)
            function(std::move(request), responder);
        else
            responder.fail(nothingHere());
    }
};

inline Error TestHandlers::nothingHere()
{
    return {ErrorCode::NotFound, "nothing here"};
}

/// A server in a folder of its own, which can be stopped and started again.
class TestService {
public:
    TestService()
    {
        endpoint.dataFolder = m_folder.path().toStdString();
        endpoint.runtimeFolder = endpoint.dataFolder / "run";
        endpoint.socket = endpoint.runtimeFolder / "service.sock";
        endpoint.tokenFile = endpoint.dataFolder / "token";
        options.socketPath = QString::fromStdString(endpoint.socket.string());
        options.token = ensureToken(endpoint.tokenFile).value_or(std::string());
        options.version = "1.0";
    }
    ~TestService() { stop(); }

    [[nodiscard]] Status start()
    {
        return Server::listen(options, dispatchTo(handlers))
            .transform([this](std::unique_ptr<Server> made) { server = std::move(made); });
    }
    void stop()
    {
        server.reset();
        for (std::thread &thread : m_threads)
            thread.join();
        m_threads.clear();
    }
    /// Work of a handler off the server's thread; joined by stop().
    void work(std::function<void()> task) { m_threads.emplace_back(std::move(task)); }

    [[nodiscard]] ClientOptions clientOptions() const
    {
        ClientOptions client;
        client.socketPath = options.socketPath;
        client.tokenFile = endpoint.tokenFile.string();
        client.name = "test";
        client.retryFirst = std::chrono::milliseconds(5);
        client.retryLast = std::chrono::milliseconds(50);
        return client;
    }

private:
    QTemporaryDir m_folder;
    std::vector<std::thread> m_threads;

public:
    Endpoint endpoint;
    Server::Options options;
    TestHandlers handlers;
    std::unique_ptr<Server> server;
};

/// Rows that are cheap to make and to check.
[[nodiscard]] inline std::shared_ptr<schema::EventColumns> madeColumns(std::size_t count)
{
    auto columns = std::make_shared<schema::EventColumns>();
    columns->reserve(count);
    for (std::size_t row = 0; row < count; ++row) {
        columns->id.push_back(static_cast<std::int64_t>(row) + 1);
        columns->observedAt.push_back(1'600'000'000'000'000 +
                                      static_cast<std::int64_t>(row) * 1'000'000);
        columns->availableAt.push_back(columns->observedAt.back());
        columns->longitude.push_back(static_cast<float>(row % 360) - 180);
        columns->latitude.push_back(static_cast<float>(row % 180) - 90);
        columns->type.push_back(static_cast<std::uint8_t>(row % schema::kEventTypeCount));
        columns->severity.push_back(static_cast<std::uint8_t>(row % 256));
        columns->confidence.push_back(static_cast<std::uint8_t>((row / 256) % 256));
        columns->flags.push_back(schema::EventColumns::kHasPlace);
        columns->source.push_back(static_cast<std::uint16_t>(row % 3));
        columns->region.push_back(static_cast<std::uint16_t>(row % 5));
    }
    return columns;
}

} // namespace chrona::ipc::testing
