//! The process's Python, contexts and transactions, as Java's classes of these names use the verbs.

use super::{Error, Reply, Request, Value, number, reply, request, want};
use gilgamesh_core::life;
use gilgamesh_core::verbs::{calls, code, contexts, handles, inspection, transactions};
use std::path::Path;
use std::sync::OnceLock;

/// Starts Python, once a process; what the start replied.
pub(crate) fn python() -> &'static [u8] {
    static FACTS: OnceLock<Vec<u8>> = OnceLock::new();
    FACTS.get_or_init(|| reply(&start_request(), life::start).expect("Python starts"))
}

/// A request to start the Python that `tools/with-python` chose, with the package of this repository.
pub(crate) fn start_request() -> Request {
    let program = std::env::var("GILGAMESH_PYTHON").ok();
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../python");
    request()
        .dict(5)
        .text("program")
        .optional_text(program.as_deref())
        .text("home")
        .null()
        .text("package")
        .text(package.to_str().expect("a path of text"))
        .text("path")
        .list(0)
        .text("arguments")
        .list(1)
        .text("tests")
}

/// An open context; closed when dropped.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) id: i64,
}

impl Context {
    pub(crate) fn open(name: &str) -> Self {
        python();
        let id = number(&request().text(name), contexts::open);
        Context { id: id.expect("a context opens") }
    }

    pub(crate) fn close(&self) -> Result<i64, Error> {
        number(&request(), |exchange| contexts::close(self.id, exchange))
    }

    /// A handle on the compiled source.
    pub(crate) fn compile(&self, mode: i32, source: &str) -> Result<i64, Error> {
        number(&request().text(source).text("<test>").list(0), |exchange| code::compile(self.id, mode, exchange))
    }

    fn run(&self, mode: i32, source: &str, want: i32) -> Result<i64, Error> {
        let code = self.compile(mode, source)?;
        let result = number(&request(), |exchange| code::run(self.id, code, want, exchange));
        self.release(code);
        result
    }

    pub(crate) fn exec(&self, source: &str) -> Result<(), Error> {
        self.run(0, source, want::NOTHING).map(drop)
    }

    /// A handle on what the expression yields.
    pub(crate) fn eval(&self, expression: &str) -> Result<i64, Error> {
        self.run(1, expression, want::OBJECT)
    }

    pub(crate) fn eval_long(&self, expression: &str) -> Result<i64, Error> {
        self.run(1, expression, want::LONG)
    }

    pub(crate) fn eval_bool(&self, expression: &str) -> Result<bool, Error> {
        self.run(1, expression, want::BOOLEAN).map(|truth| truth == 1)
    }

    /// The bytes of a reply: a value, an array, a text.
    pub(crate) fn eval_reply(&self, expression: &str, want: i32) -> Result<Vec<u8>, Error> {
        let code = self.compile(1, expression)?;
        let result = reply(&request(), |exchange| code::run(self.id, code, want, exchange));
        self.release(code);
        result
    }

    pub(crate) fn eval_value(&self, expression: &str) -> Result<Value, Error> {
        self.eval_reply(expression, want::VALUE).map(|reply| Reply::new(&reply).value())
    }

    pub(crate) fn call(&self, callable: i64, want: i32, arguments: &Request) -> Result<i64, Error> {
        number(arguments, |exchange| calls::call(self.id, callable, want, exchange))
    }

    /// A handle on the value that the bytes are.
    pub(crate) fn make(&self, value: &[u8]) -> Result<i64, Error> {
        number(&request().raw(value), |exchange| handles::make(self.id, want::OBJECT, exchange))
    }

    pub(crate) fn inspect(&self, object: i64, what: i32, want: i32) -> Result<i64, Error> {
        number(&request(), |exchange| inspection::inspect(self.id, object, what, want, exchange))
    }

    pub(crate) fn release(&self, reference: i64) {
        number(&request(), |exchange| handles::close(self.id, reference, exchange)).expect("closing does not fail");
    }

    /// Begins a transaction of this thread; ended when dropped.
    pub(crate) fn begin(&self) -> Transaction<'_> {
        self.begin_within(-1).expect("a transaction begins")
    }

    /// Begins one within a limit in nanoseconds; the thread's number is the test's own.
    pub(crate) fn begin_within(&self, limit_nanos: i64) -> Result<Transaction<'_>, Error> {
        self.begin_as(77, limit_nanos)
    }

    pub(crate) fn begin_as(&self, thread: i64, limit_nanos: i64) -> Result<Transaction<'_>, Error> {
        let token = number(&request(), |exchange| transactions::begin(self.id, thread, limit_nanos, exchange))?;
        Ok(Transaction { context: self, token, open: true })
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        // One that the test closed itself is closed already.
        let _ = self.close();
    }
}

/// An open transaction of this thread.
#[derive(Debug)]
pub(crate) struct Transaction<'a> {
    context: &'a Context,
    pub(crate) token: i64,
    open: bool,
}

impl Transaction<'_> {
    /// How many handles it released.
    pub(crate) fn end(mut self) -> Result<i64, Error> {
        self.open = false;
        end(self.context, self.token)
    }

    /// Leaves it open, as a thread that ends inside one does.
    pub(crate) fn leave_open(mut self) -> i64 {
        self.open = false;
        self.token
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.open {
            end(self.context, self.token).expect("the newest transaction of this thread ends");
        }
    }
}

/// Ends a transaction by its number.
pub(crate) fn end(context: &Context, token: i64) -> Result<i64, Error> {
    number(&request(), |exchange| transactions::end(context.id, token, exchange))
}
