// SPDX-License-Identifier: AGPL-3.0-or-later
// submitter_step CONNECTION URL NOW KILL_AT [SIGNATURES]: one step of the first test provider's
// submitter, which dies as if by kill -9 in place of its KILL_ATth request to the node, or with the
// last of so many signatures in its hand.
#include "submission_fixture.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdlib>

using namespace chrona;
using namespace chrona::flare;

namespace {

class LastSignatures final : public Signing {
public:
    LastSignatures(Signing &signing, int count) : m_signing(signing), m_left(count) {}
    Result<keys::SigningReply> ask(const keys::SigningRequest &request) override
    {
        auto reply = m_signing.ask(request);
        if (reply && --m_left == 0)
            ::raise(SIGKILL);
        return reply;
    }
    std::vector<keys::HeldKey> keys() const override { return m_signing.keys(); }

private:
    Signing &m_signing;
    int m_left;
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 5 && words.size() != 6)
        return 2;
    const Seconds now = words[3].toLongLong();
    const int killAt = words[4].toInt();
    int asked = 0;
    const auto http = faultyHttp([&asked, killAt](const net::Request &) {
        if (asked++ == killAt)
            ::raise(SIGKILL);
        return FaultyTransport::Fault::None;
    });
    const auto client = ChainClient::create(
        {.endpoints = {words[2].toStdString()}, .chainId = 114, .answerMax = kBusyPatience}, *http);
    auto connection = storage::Connection::open(words[1].toStdString());
    if (!client || !connection)
        return 3;
    const TestProvider provider = makeProvider(0x11);
    Address relay{};
    relay.fill(0xB1);
    relay.back() = 1;
    TestSigning signing(provider, relay);
    signing.now = now;
    LastSignatures last(signing, words.value(5).toInt());
    SteadyValues values;
    Submitter submitter(**client, last, values,
                        {.setup = networkSetup("coston2").value(),
                         .chain = openChain(*connection, "coston2").value(),
                         .identity = provider.identity,
                         .relay = relay,
                         .mode = Mode::Submit,
                         .schedule = kTestSchedule,
                         .fees = {}});
    const Status done = submitter.step(*connection, now);
    if (!done)
        qInfo("%s", describe(done.error()).c_str());
    return done ? 0 : 1;
}
