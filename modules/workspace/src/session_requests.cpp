// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/session.h"

#include <atomic>

namespace chrona::workspace {

ipc::Deliver Session::deliverTo(QObject *context)
{
    // The context's address is used on its own thread only; a destroyed one drops the call.
    return [receiver = QPointer<QObject>(context), this](std::function<void()> call) {
        QMetaObject::invokeMethod(this, [receiver, call = std::move(call)] {
            if (receiver)
                call();
        });
    };
}

RequestHandle Session::send(std::uint16_t type, QByteArray cbor, ipc::ReplySink sink)
{
    auto id = std::make_shared<std::atomic<ipc::Client::RequestId>>(0);
    onLink([type, cbor = std::move(cbor), sink = std::move(sink), id](ipc::Client &client) {
        *id = client.send(type, cbor, sink);
    });
    return RequestHandle([self = QPointer<Session>(this), id] {
        if (self)
            self->onLink([id](ipc::Client &client) { client.cancel(*id); });
    });
}

} // namespace chrona::workspace
