// The floor's reports: a bar a day, as long as the day's record.
readDays().then((days) => {
  document.body.innerHTML = '<figure class="chart"><canvas width="720" height="200"></canvas></figure>'
  const context = document.querySelector('canvas').getContext('2d')
  for (const [index, { packed }] of days.entries()) context.fillRect(index * 2, 0, 1, packed.length / 10)
})
