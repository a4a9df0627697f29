# How dates and times are joined.
format-date_time = { $date } at { $time }
format-period-same_day = { $date }, { $start } to { $end }
format-period = { $start } to { $end }
