//! What the core says with `tracing` goes to the JVM's `System.Logger`.
//!
//! A logger of the application's can do anything, wait for Python too, so none is called by a thread that may hold the
//! GIL: events are queued, and a thread of their own, started by the first of them, hands them over.

use crossbeam_channel::{Receiver, Sender, unbounded};
use jni::errors::Error;
use jni::objects::{Global, JClass, JString, JValue};
use jni::vm::AttachConfig;
use jni::{Env, JavaVM, jni_sig, jni_str};
use once_cell::sync::Lazy;
use std::fmt;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span;
use tracing::{Event, Level, Metadata, Subscriber};

/// Which events are wanted: `off`, `error`, `warn` (the default), `info`, `debug` or `trace`.
const LEVEL_VARIABLE: &str = "GILGAMESH_LOG";

/// Sends the events of this process to the class that has the loggers; later calls do nothing.
pub(crate) fn install(env: &mut Env<'_>) -> Result<(), Error> {
    let log = env.find_class(jni_str!("io/gilgamesh/internal/Log"))?;
    let target = Target { vm: env.get_java_vm()?, log: env.new_global_ref(&log)? };
    let wanted = std::env::var(LEVEL_VARIABLE).ok();
    let level = wanted.as_deref().map_or(Some(LevelFilter::WARN), |level| level.parse().ok());
    // It fails where a subscriber is there already: that of an earlier load.
    let _ = tracing::subscriber::set_global_default(Queue {
        level: level.unwrap_or(LevelFilter::WARN),
        sender: Lazy::new(Box::new(move || {
            let (sender, receiver) = unbounded();
            // Without a thread the events are dropped with the receiver; there is nobody to tell.
            let _ = std::thread::Builder::new().name("gilgamesh-log".into()).spawn(move || target.work(&receiver));
            sender
        })),
    });
    if level.is_none() {
        tracing::warn!(
            "{LEVEL_VARIABLE} is {:?}; use error, warn, info, debug, trace or off",
            wanted.unwrap_or_default()
        );
    }
    Ok(())
}

/// One event, in words.
struct Record {
    level: Level,
    module: &'static str,
    message: String,
}

struct Queue {
    level: LevelFilter,
    sender: Lazy<Sender<Record>, Box<dyn FnOnce() -> Sender<Record> + Send + Sync>>,
}

impl Subscriber for Queue {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && *metadata.level() <= self.level
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.level)
    }

    fn event(&self, event: &Event<'_>) {
        let mut words = Words(String::new());
        event.record(&mut words);
        let metadata = event.metadata();
        let module = metadata.module_path().unwrap_or("gilgamesh");
        let _ = self.sender.send(Record { level: *metadata.level(), module, message: words.0 });
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1) // the core has no spans, and none are enabled
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// The message, then the fields as `name=value`.
struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        use fmt::Write;
        let space = if self.0.is_empty() { "" } else { " " };
        // Writing to a string cannot fail.
        let _ = match field.name() {
            "message" => write!(self.0, "{space}{value:?}"),
            name => write!(self.0, "{space}{name}={value:?}"),
        };
    }
}

/// Where records go.
struct Target {
    vm: JavaVM,
    log: Global<JClass<'static>>,
}

impl Target {
    fn work(&self, records: &Receiver<Record>) {
        // The sender lives as long as the process.
        for record in records {
            // What a logger throws is its own affair; the next record is tried again.
            let _ = self.hand_over(&record);
        }
    }

    /// Attached for the record alone: a thread that stays attached would keep the JVM from ending.
    fn hand_over(&self, record: &Record) -> Result<(), Error> {
        let config = || AttachConfig::new().scoped(true).thread_name(jni_str!("gilgamesh-log"));
        self.vm.attach_current_thread_with_config(config, Some(8), |env| {
            let logger = JString::from_str(env, logger_name(record.module))?;
            let message = JString::from_str(env, &record.message)?;
            let signature = jni_sig!("(ILjava/lang/String;Ljava/lang/String;)V");
            let arguments = [JValue::Int(severity(record.level)), JValue::Object(&logger), JValue::Object(&message)];
            env.call_static_method(&self.log, jni_str!("fromCore"), signature, &arguments).map(drop)
        })
    }
}

/// `gilgamesh_core::life::start` logs as `io.gilgamesh.core.life.start`.
fn logger_name(module: &str) -> String {
    format!("io.{}", module.replacen('_', ".", 1).replace("::", "."))
}

/// As `System.Logger.Level.getSeverity`.
fn severity(level: Level) -> i32 {
    match level {
        Level::ERROR => 1000,
        Level::WARN => 900,
        Level::INFO => 800,
        Level::DEBUG => 500,
        Level::TRACE => 400,
    }
}
