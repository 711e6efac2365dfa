// SPDX-License-Identifier: AGPL-3.0-or-later
#include "price_storm.h"

#include "chrona/net/web_socket_frames.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QThread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <csignal>
#include <format>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace chrona::bench {
namespace {

constexpr std::size_t kStepsPerSecond = 100;
constexpr std::size_t kBlockTicks = 500; ///< of an unpaced stream

/// The other process: plain sockets, one thread, never returns.
class Storm {
public:
    Storm(const PriceStorm::Wish &wish, int listener) : m_wish(wish), m_listener(listener)
    {
        m_prices.assign(wish.markets, 100);
    }

    [[noreturn]] void run()
    {
        for (std::size_t venue = 0; venue < m_wish.venues; ++venue)
            m_venues.push_back(welcome(accept(m_listener, nullptr, nullptr)));
        const std::size_t ticks =
            m_wish.ticksPerSecond == 0 ? kBlockTicks : m_wish.ticksPerSecond / kStepsPerSecond;
        for (;;) {
            step(ticks);
            if (m_wish.ticksPerSecond != 0)
                QThread::sleep(std::chrono::microseconds(1'000'000 / kStepsPerSecond));
        }
    }

private:
    /// Reads the client's request and agrees to it.
    static int welcome(int socket)
    {
        std::string head;
        char bytes[4096];
        while (head.find("\r\n\r\n") == std::string::npos) {
            const ssize_t got = recv(socket, bytes, sizeof bytes, 0);
            if (got <= 0)
                _exit(1);
            head.append(bytes, static_cast<std::size_t>(got));
        }
        const std::string name = "Sec-WebSocket-Key: ";
        const std::size_t from = head.find(name) + name.size();
        QByteArray key = QByteArray::fromStdString(head.substr(from, head.find('\r', from) - from));
        key += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        sendAll(
            socket,
            std::format(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                "Connection: Upgrade\r\nSec-WebSocket-Accept: {}\r\n\r\n",
                QCryptographicHash::hash(key, QCryptographicHash::Sha1).toBase64().toStdString()));
        return socket;
    }

    static void sendAll(int socket, const std::string &bytes)
    {
        for (std::size_t sent = 0; sent < bytes.size();) {
            const ssize_t some =
                send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (some <= 0)
                _exit(0); // the client is gone
            sent += static_cast<std::size_t>(some);
        }
    }

    void step(std::size_t ticks)
    {
        std::vector<std::string> out(m_venues.size());
        for (std::size_t i = 0; i < ticks; ++i, ++m_next) {
            const std::size_t market = m_next / m_venues.size() % m_wish.markets;
            double &price = m_prices[market];
            price *= std::exp(1e-5 * m_normal(m_random));
            out[m_next % m_venues.size()] += net::frameOf({.payload = frame(market, price)});
        }
        char heard[4096];
        for (std::size_t venue = 0; venue < m_venues.size(); ++venue) {
            while (recv(m_venues[venue], heard, sizeof heard, MSG_DONTWAIT) > 0) {
            }
            sendAll(m_venues[venue], out[venue]);
        }
    }

    std::string frame(std::size_t market, double price)
    {
        const double mid = price * std::exp(3e-5 * m_normal(m_random));
        return std::format(R"({{"channel":"ticker","type":"update","data":[{{"symbol":"{}/USD",)"
                           R"("bid":{:.6f},"bid_qty":1.5,"ask":{:.6f},"ask_qty":2.5,"last":{:.6f},)"
                           R"("volume":1042.5,"vwap":{:.6f},"low":90,"high":110,"change":0.5,)"
                           R"("change_pct":0.25}}]}})",
                           stormBase(market), mid * (1 - 5e-5), mid * (1 + 5e-5), mid, mid);
    }

    PriceStorm::Wish m_wish;
    int m_listener;
    std::vector<int> m_venues;
    std::vector<double> m_prices;
    std::size_t m_next = 0;
    std::mt19937_64 m_random{7};
    std::normal_distribution<double> m_normal;
};

} // namespace

Result<PriceStorm> PriceStorm::begin(const Wish &wish)
{
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0 ||
        listen(listener, 64) != 0 ||
        getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return fail(ErrorCode::Unavailable, "no port on loopback can be had");
    const pid_t process = fork();
    if (process < 0)
        return fail(ErrorCode::Unavailable, "no process can be started");
    if (process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        Storm(wish, listener).run();
    }
    close(listener);
    return PriceStorm(process, ntohs(address.sin_port));
}

PriceStorm::PriceStorm(PriceStorm &&other) noexcept
    : m_process(std::exchange(other.m_process, -1)), m_port(other.m_port)
{
}

PriceStorm::~PriceStorm()
{
    if (m_process <= 0)
        return;
    kill(m_process, SIGKILL);
    waitpid(m_process, nullptr, 0);
}

std::string stormBase(std::size_t market)
{
    return std::format("M{:02}", market);
}

} // namespace chrona::bench
