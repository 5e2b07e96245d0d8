//! Ctrl-C and SIGTERM: the first ends the work gently, the second at once.

use tokio::sync::watch;

use crate::runner::Stop;

/// The receiver changes with each signal.
pub fn listen() -> watch::Receiver<Stop> {
    let (sender, receiver) = watch::channel(Stop::No);
    tokio::spawn(async move {
        // Listening begins once: a signal between two waits must not be lost.
        let Ok(mut signals) = Signals::new() else {
            // Without signals there is only the hard way out; hold on to the channel.
            return std::future::pending::<()>().await;
        };
        loop {
            signals.next().await;
            sender.send_modify(|stop| *stop = if *stop == Stop::No { Stop::Gently } else { Stop::Now });
        }
    });
    receiver
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Signals {
    interrupt: tokio::signal::windows::CtrlC,
    close: tokio::signal::windows::CtrlClose,
}

#[cfg(windows)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::windows::{ctrl_c, ctrl_close};
        Ok(Self { interrupt: ctrl_c()?, close: ctrl_close()? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.close.recv() => {}
        }
    }
}
