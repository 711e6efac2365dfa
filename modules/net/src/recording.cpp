// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/transport.h"

#include "chrona/base/hash.h"

#include <algorithm>
#include <charconv>
#include <format>
#include <fstream>
#include <iterator>
#include <mutex>
#include <system_error>

namespace chrona::net {
namespace {

// A recording is the answer as text: the status, headers, an empty line, the body as it was sent.
//     200
//     Content-Type: application/json
//
//     {…}

std::filesystem::path fileFor(const std::filesystem::path &folder, const std::string &url)
{
    const auto parts = splitUrl(url);
    const auto hash = sha256(url);
    // The host is for people; the query may hold keys and appears as part of the hash only.
    return folder / std::format("{}-{}.http", parts ? parts->host : std::string("unknown"),
                                toHex(std::span(hash).first(10)));
}

Result<Exchange> readRecording(const std::filesystem::path &file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail(ErrorCode::NotFound,
                    std::format("there is no recording {}", file.filename().string()));
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    Exchange exchange;
    std::string_view rest = text;
    const auto nextLine = [&rest] {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return line;
    };
    const auto status = nextLine();
    if (std::from_chars(status.data(), status.data() + status.size(), exchange.status).ptr !=
            status.data() + status.size() ||
        exchange.status < 100)
        return fail(ErrorCode::Corrupt,
                    std::format("{} is not a recording", file.filename().string()));
    for (auto line = nextLine(); !line.empty(); line = nextLine()) {
        const auto colon = line.find(": ");
        if (colon == std::string_view::npos)
            return fail(ErrorCode::Corrupt,
                        std::format("{} is not a recording", file.filename().string()));
        exchange.headers.push_back(
            {std::string(line.substr(0, colon)), std::string(line.substr(colon + 2))});
    }
    exchange.body = rest;
    return exchange;
}

class ReplayTransport final : public Transport {
public:
    explicit ReplayTransport(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    Result<Exchange> send(const Request &request, std::stop_token) override
    {
        auto exchange = readRecording(fileFor(m_folder, request.url));
        if (exchange && exchange->body.size() > request.sizes.wireBytesMax)
            return fail(ErrorCode::Exhausted, "the recording is larger than the limit");
        return exchange;
    }

private:
    std::filesystem::path m_folder;
};

class RecordingTransport final : public Transport {
public:
    RecordingTransport(std::unique_ptr<Transport> inner, std::filesystem::path folder)
        : m_inner(std::move(inner)), m_folder(std::move(folder))
    {
    }

    Result<Exchange> send(const Request &request, std::stop_token stop) override
    {
        if (request.body)
            return m_inner->send(request, std::move(stop)); // one address, many answers
        auto exchange = m_inner->send(request, std::move(stop));
        if (!exchange)
            return exchange;
        if (auto written = write(fileFor(m_folder, request.url), *exchange); !written)
            return std::unexpected(written.error());
        return exchange;
    }

private:
    Status write(const std::filesystem::path &file, const Exchange &exchange)
    {
        const std::lock_guard lock(m_mutex);
        std::ofstream out(file, std::ios::binary | std::ios::trunc);
        out << exchange.status << '\n';
        for (const auto &header : exchange.headers)
            if (header.name != "Set-Cookie" && header.name != "set-cookie" &&
                header.value.find('\n') == std::string::npos)
                out << header.name << ": " << header.value << '\n';
        out << '\n' << exchange.body;
        out.close();
        return out ? Status()
                   : fail(ErrorCode::Exhausted,
                          std::format("the recording {} cannot be written", file.string()));
    }

    std::unique_ptr<Transport> m_inner;
    std::filesystem::path m_folder;
    std::mutex m_mutex;
};

} // namespace

Result<std::unique_ptr<Transport>> makeReplayTransport(const std::filesystem::path &folder)
{
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error))
        return fail(ErrorCode::NotFound,
                    std::format("{} is not a folder with recordings", folder.string()));
    return std::make_unique<ReplayTransport>(folder);
}

Result<std::unique_ptr<Transport>> makeRecordingTransport(std::unique_ptr<Transport> inner,
                                                          const std::filesystem::path &folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return fail(ErrorCode::Denied,
                    std::format("{} cannot be made: {}", folder.string(), error.message()));
    return std::make_unique<RecordingTransport>(std::move(inner), folder);
}

} // namespace chrona::net
