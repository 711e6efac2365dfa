// SPDX-License-Identifier: AGPL-3.0-or-later
// Tells the thread sanitizer what Qt orders. Qt's libraries are not built with it, so it sees
// neither the locks behind posted events and calls across threads nor the end of a QThread, and
// takes all that is handed over through them for races. Loaded before Qt (LD_PRELOAD, for each test
// of preset dev-tsan), this library stands in for the functions by which a thread hands work to
// another: what came before the call comes before what the receiver does, and where Qt waits, what
// the receiver did comes before the return.
//
// All of it is one order, which is more than Qt promises: a race between two threads that talk of
// something else through Qt in between stays unseen. Whatever needs no Qt is seen as ever.
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QThread>

#include <atomic>
#include <dlfcn.h>

// Not there in programs without the sanitizer, which tests start too.
extern "C" {
__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);
}

namespace {

char order;

void handOver()
{
    if (&__tsan_release)
        __tsan_release(&order);
}

void takeOver()
{
    if (&__tsan_acquire)
        __tsan_acquire(&order);
}

template <class Function> Function original(const char *symbol)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, symbol));
}

/// Before any event is given to its receiver, in the receiver's thread.
bool eventComes(void **)
{
    takeOver();
    return false; // Qt goes on
}

/// Once Qt is there, which at our own loading it may not be.
void listenToEvents()
{
    static std::atomic_flag done;
    if (!done.test_and_set())
        QInternal::registerCallback(QInternal::EventNotifyCallback, &eventComes);
}

/// What is called in the other thread, between taking over and handing back.
class OrderedCall final : public QtPrivate::QSlotObjectBase {
public:
    explicit OrderedCall(QtPrivate::QSlotObjectBase *call) : QSlotObjectBase(&step), m_call(call) {}

private:
    static void step(int which, QtPrivate::QSlotObjectBase *self, QObject *receiver,
                     void **arguments, bool *)
    {
        auto *ordered = static_cast<OrderedCall *>(self);
        takeOver();
        if (which == Call) {
            ordered->m_call->call(receiver, arguments);
        } else if (which == Destroy) {
            ordered->m_call->destroyIfLastRef();
            delete ordered;
        }
        handOver();
    }

    QtPrivate::QSlotObjectBase *m_call;
};

} // namespace

bool QMetaObject::invokeMethodImpl(QObject *object, QtPrivate::QSlotObjectBase *slot,
                                   Qt::ConnectionType type, qsizetype parameterCount,
                                   const void *const *parameters, const char *const *typeNames,
                                   const QtPrivate::QMetaTypeInterface *const *metaTypes)
{
    using Function = bool (*)(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType,
                              qsizetype, const void *const *, const char *const *,
                              const QtPrivate::QMetaTypeInterface *const *);
    static const auto invoke = original<Function>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14Connecti"
        "onTypeExPKPKvPKPKcPKPKNS2_18QMetaTypeInterfaceE");
    listenToEvents();
    handOver();
    const bool done = invoke(object, new OrderedCall(slot), type, parameterCount, parameters,
                             typeNames, metaTypes);
    takeOver();
    return done;
}

void QMetaObject::activate(QObject *sender, const QMetaObject *type, int signal, void **arguments)
{
    static const auto emitSignal = original<void (*)(QObject *, const QMetaObject *, int, void **)>(
        "_ZN11QMetaObject8activateEP7QObjectPKS_iPPv");
    handOver();
    emitSignal(sender, type, signal, arguments);
}

void QCoreApplication::postEvent(QObject *receiver, QEvent *event, int priority)
{
    static const auto post = original<void (*)(QObject *, QEvent *, int)>(
        "_ZN16QCoreApplication9postEventEP7QObjectP6QEventi");
    listenToEvents();
    handOver();
    post(receiver, event, priority);
}

void QObject::deleteLater()
{
    static const auto remove = original<void (*)(QObject *)>("_ZN7QObject11deleteLaterEv");
    handOver();
    remove(this);
}

bool QObject::moveToThread(QThread *thread, Qt::Disambiguated_t)
{
    static const auto move = original<bool (*)(QObject *, QThread *, Qt::Disambiguated_t)>(
        "_ZN7QObject12moveToThreadEP7QThreadN2Qt15Disambiguated_tE");
    handOver();
    return move(this, thread, Qt::Disambiguated);
}

void QThread::start(Priority priority)
{
    static const auto begin =
        original<void (*)(QThread *, Priority)>("_ZN7QThread5startENS_8PriorityE");
    listenToEvents();
    handOver();
    begin(this, priority);
}

bool QThread::wait(QDeadlineTimer deadline)
{
    static const auto await =
        original<bool (*)(QThread *, QDeadlineTimer)>("_ZN7QThread4waitE14QDeadlineTimer");
    const bool ended = await(this, deadline);
    takeOver();
    return ended;
}
